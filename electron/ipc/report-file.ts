import type { JournalPort } from '../journal/port.ts';
import type { Clock } from '../lib/clock.ts';
import { diskWords } from '../lib/disk-words.ts';
import { writeWholeFile } from '../lib/whole-file.ts';
import { RequestError } from './request-error.ts';

export interface ReportFileParts {
  /** Where the person wants the file; `null` when they do not want it after all. */
  chooseFile(file: { title: string; name: string; kind: string }): Promise<string | null>;
  /** What a window has put on paper, as PDF; `null` where none has. */
  print(): Promise<Uint8Array | null>;
  journal: Pick<JournalPort, 'append'>;
  clock: Clock;
}

export interface ReportFile {
  /** Rejects with words for a person. Under its name there is a whole file or none. */
  savePdf(title: string): Promise<{ path: string } | null>;
}

export function createReportFile({ chooseFile, print, journal, clock }: ReportFileParts): ReportFile {
  let underWay = false;
  return {
    async savePdf(title) {
      if (underWay) throw new RequestError('unavailable', 'A report is being saved already.');
      underWay = true;
      try {
        const name = `report-${fileName(title)}.pdf`;
        const path = await chooseFile({ title: 'Save the report', name, kind: 'PDF' });
        if (path === null) return null;
        const pdf = await print();
        if (pdf === null) throw new RequestError('unavailable', 'No window has a report to print any more.');
        await writeReport(path, pdf);
        journal.append({
          atMs: clock.now(),
          kind: 'system',
          backendId: null,
          summary: `The report of ${title} was saved as a PDF`,
          data: { event: 'report-saved', title, path },
        });
        return { path };
      } finally {
        underWay = false;
      }
    },
  };
}

async function writeReport(path: string, pdf: Uint8Array): Promise<void> {
  try {
    await writeWholeFile(path, pdf);
  } catch (error) {
    throw new Error(`The report was not saved: ${diskWords(error)}`, { cause: error });
  }
}

/** A name that every file system takes. */
const fileName = (title: string): string =>
  title
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 80) || 'quarterdeck';
