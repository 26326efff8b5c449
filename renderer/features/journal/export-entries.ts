import type { JournalEntry } from '#shared/domain/journal.ts';

const CSV_COLUMNS = ['seq', 'time', 'kind', 'backend', 'summary', 'data', 'hash'] as const;

/** The entries as one JSON document. `data` becomes structured where it parses. */
export function entriesToJson(entries: readonly JournalEntry[]): string {
  return JSON.stringify(
    entries.map((entry) => ({
      ...entry,
      time: new Date(entry.atMs).toISOString(),
      data: parseData(entry.data),
    })),
    null,
    2,
  );
}

/** The entries as CSV (RFC 4180, CRLF, byte order mark so that spreadsheets read UTF-8). */
export function entriesToCsv(entries: readonly JournalEntry[]): string {
  const rows = entries.map((entry) => [
    String(entry.seq),
    new Date(entry.atMs).toISOString(),
    entry.kind,
    entry.backendId ?? '',
    entry.summary,
    entry.data,
    entry.hash,
  ]);
  return `\uFEFF${[CSV_COLUMNS, ...rows].map((row) => row.map(csvCell).join(',')).join('\r\n')}\r\n`;
}

/**
 * One quoted cell. Text that a spreadsheet would run as a formula gets an apostrophe in front, because summaries and
 * data carry text from backends.
 */
export function csvCell(value: string): string {
  const startsFormula =
    /^[\s\0]*[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/.test(value) && !/^-?\d+(\.\d+)?$/.test(value);
  return `"${(startsFormula ? `'${value}` : value).replaceAll('"', '""')}"`;
}

/** The record behind an entry, or its text where it is not JSON. */
export function parseData(data: string): unknown {
  try {
    return JSON.parse(data) as unknown;
  } catch {
    return data;
  }
}
