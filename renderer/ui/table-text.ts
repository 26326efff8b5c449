import type { ReactNode } from 'react';

import { toFloat } from '#shared/money.ts';

import { csvCell, guarded } from './csv-cell.ts';
import type { TableColumn } from './table-column.ts';

/** What a cell says as plain text: for filtering, copying and files. Empty where it says nothing. */
export function cellText<Row>(column: TableColumn<Row>, row: Row): string {
  const value = column.text === undefined ? column.sortValue?.(row) : column.text(row);
  return value === null || value === undefined ? '' : String(value);
}

/** Whether the column says anything as text; those that only hold buttons do not. */
export const hasText = <Row>({ text, sortValue, header }: TableColumn<Row>): boolean =>
  typeof header === 'string' && (text !== undefined || sortValue !== undefined);

const headerText = (header: ReactNode): string => (typeof header === 'string' ? header : '');

/** Whether every word of the filter stands in some cell of the row. */
export function matchesFilter<Row>(columns: readonly TableColumn<Row>[], row: Row, filter: string): boolean {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const texts = columns
    .filter(hasText)
    .flatMap((column) => [cellText(column, row), column.shown?.(row) ?? ''])
    .map((text) => text.toLowerCase());
  return words.every((word) => texts.some((text) => text.includes(word)));
}

/** Lines of a CSV file (RFC 4180), a head first. */
export function toCsv<Row>(columns: readonly TableColumn<Row>[], rows: readonly Row[]): string {
  const shown = columns.filter(hasText);
  const head = shown.map(({ header }) => csvCell(headerText(header)));
  const lines = rows.map((row) => shown.map((column) => csvCell(cellText(column, row))).join(','));
  return [head.join(','), ...lines, ''].join('\r\n');
}

/** Rows for pasting into a spreadsheet: a tab between cells, a line a row; what would run there as a formula does not. */
export function toTsv<Row>(columns: readonly TableColumn<Row>[], rows: readonly Row[]): string {
  const shown = columns.filter(hasText);
  const cells = (texts: readonly string[]): string =>
    texts.map((text) => guarded(text).replaceAll(/[\t\r\n]+/g, ' ')).join('\t');
  return [
    cells(shown.map(({ header }) => headerText(header))),
    ...rows.map((row) => cells(shown.map((column) => cellText(column, row)))),
  ].join('\n');
}

interface SortedText<Row> {
  sortValue: (row: Row) => number | null;
  text: (row: Row) => string | null;
}

/** A column of decimals: sorted as numbers, copied and saved digit by digit. */
export const byDecimal = <Row>(of: (row: Row) => string | null): SortedText<Row> => ({
  sortValue: (row) => {
    const value = of(row);
    return value === null ? null : toFloat(value);
  },
  text: of,
});

/** A column of times, or of ages: sorted by the time, copied and saved as one. */
export const byTime = <Row>(of: (row: Row) => number | null): SortedText<Row> => ({
  sortValue: of,
  text: (row) => timeText(of(row)),
});

/** A time as a spreadsheet and a person read it alike: "2026-01-31T14:05:00.000Z". */
export const timeText = (atMs: number | null): string | null =>
  atMs === null ? null : new Date(atMs).toISOString();
