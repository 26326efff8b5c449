import type { ReactNode } from 'react';

/** One column of a `VirtualTable`. */
export interface TableColumn<Row> {
  id: string;
  header: ReactNode;
  /** Draws a cell. Keep the columns at module level or in a memo: a row is drawn again when they change. */
  cell: (row: Row) => ReactNode;
  /** By what a click on the header sorts; without it the column cannot be sorted. `null` goes last. */
  sortValue?: (row: Row) => number | string | null;
  /** What the cell says as text, where that is not what sorts it: the exact figure, the time in words. */
  text?: (row: Row) => string | null;
  align?: 'left' | 'right';
  /** A track of CSS grid, such as "8rem" or "minmax(6rem, 1fr)". */
  width?: string;
}
