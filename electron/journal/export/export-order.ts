import type { JournalExportFormat, JournalQuery } from '#shared/domain/journal/journal.ts';

export interface ExportOrder {
  query: JournalQuery;
  format: JournalExportFormat;
  /** Where the file is to stand once it is complete. */
  path: string;
}
