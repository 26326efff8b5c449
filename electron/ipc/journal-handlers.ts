import type { JournalPort } from '../journal/port.ts';
import type { JournalExports } from './journal-exports.ts';
import type { ReportFile } from './report-file.ts';
import type { RequestHandlers } from './router.ts';

export interface JournalHandlerParts {
  journal: JournalPort;
  journalExports: JournalExports;
  reportFile: ReportFile;
}

type JournalRequest = Extract<
  keyof RequestHandlers,
  `journal.${string}` | `portfolio.${string}` | 'market.candles' | 'report.save-pdf'
>;

/** What the window asks of the past, and what of it becomes a file. */
export function createJournalHandlers({
  journal,
  journalExports,
  reportFile,
}: JournalHandlerParts): Pick<RequestHandlers, JournalRequest> {
  return {
    'portfolio.at': ({ timesMs }) => journal.equityAt(timesMs),
    'portfolio.history': (range) => journal.equity(range),
    'market.candles': (range) => journal.candles(range),
    'report.save-pdf': ({ title }) => reportFile.savePdf(title),
    'journal.search': (query) => journal.search(query),
    'journal.verify': () => journal.verify(),
    'journal.export': ({ exportId, query, format }) => journalExports.start(exportId, query, format),
    'journal.export-cancel': ({ exportId }) => {
      journalExports.cancel(exportId);
      return null;
    },
    'journal.retention-preview': ({ retention }) => journal.retentionPreview(retention),
    'journal.day-head': ({ beforeMs }) => journal.headBefore(beforeMs),
  };
}
