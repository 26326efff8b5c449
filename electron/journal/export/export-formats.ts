import type { JournalEntry, JournalExportFormat } from '#shared/domain/journal/journal.ts';

import type { Gap } from '../chain/checkpoint.ts';

/** How entries become a file, piece by piece. `row` is asked for oldest first; `index` counts from 0. */
interface ExportFormat {
  head(): string;
  row(entry: JournalEntry, index: number): string;
  /** A stretch that retention deleted, where the format carries the chain. */
  gap(gap: Gap): string;
  tail(): string;
}

const CSV_COLUMNS = ['seq', 'time', 'kind', 'severity', 'backend', 'symbol', 'summary', 'data', 'hash'];

export const EXPORT_FORMATS: Readonly<Record<JournalExportFormat, ExportFormat>> = {
  /** One entry a line with all that its hash covers, so that the chain can be checked from the file alone. */
  ndjson: {
    head: () => `${JSON.stringify({ format: 'quarterdeck-journal', version: 1 })}\n`,
    row: (entry) => `${JSON.stringify(entry)}\n`,
    gap: ({ from, to, hash }) => `${JSON.stringify({ deleted: { from, to, hash } })}\n`,
    tail: () => '',
  },
  /** One document, with the record behind each entry as structure where it is JSON. */
  json: {
    head: () => '[\n',
    row: (entry, index) =>
      `${index === 0 ? '' : ',\n'}${JSON.stringify({ ...entry, time: isoTime(entry), data: parseData(entry.data) })}`,
    gap: () => '',
    tail: () => '\n]\n',
  },
  /** RFC 4180 with a byte order mark, so that spreadsheets read UTF-8. */
  csv: {
    head: () => `\uFEFF${csvRow(CSV_COLUMNS)}`,
    row: (entry) =>
      csvRow([
        String(entry.seq),
        isoTime(entry),
        entry.kind,
        entry.severity ?? '',
        entry.backendId ?? '',
        entry.symbol ?? '',
        entry.summary,
        entry.data,
        entry.hash,
      ]),
    gap: () => '',
    tail: () => '',
  },
};

/** A time that is no date, in a journal that another program wrote to, must not cost the whole file. */
function isoTime({ atMs }: JournalEntry): string {
  const date = new Date(atMs);
  return Number.isNaN(date.getTime()) ? String(atMs) : date.toISOString();
}

const csvRow = (cells: readonly string[]): string => `${cells.map(csvCell).join(',')}\r\n`;

/** Text that a spreadsheet would run as a formula gets an apostrophe in front: summaries and data carry text from backends. */
function csvCell(value: string): string {
  const startsFormula =
    /^[\s\0\p{Cf}]*[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/u.test(value) && !/^-?\d+(\.\d+)?$/.test(value);
  return `"${(startsFormula ? `'${value}` : value).replaceAll('"', '""')}"`;
}

function parseData(data: string): unknown {
  try {
    return JSON.parse(data) as unknown;
  } catch {
    return data;
  }
}
