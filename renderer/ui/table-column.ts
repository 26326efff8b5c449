import type { ReactElement, ReactNode } from 'react';

interface AnyColumn<Row> {
  id: string;
  /** Draws a cell. Keep the columns at module level or in a memo: a row is drawn again when they change. */
  cell: (row: Row) => ReactNode;
  align?: 'left' | 'right';
  /** A track of CSS grid, such as "8rem" or "minmax(6rem, 1fr)". */
  width?: string;
}

/** By what a click on the header sorts; without it the column cannot be sorted. `null` goes last. */
type SortValue<Row> = (row: Row) => number | string | null;
/** What the cell says as text, where that is not what sorts it: the exact figure, the time in words. */
type CellText<Row> = (row: Row) => string | null;

/** A column with a name can be found, copied and saved, so it says what stands in it. */
type NamedColumn<Row> = AnyColumn<Row> & {
  header: string;
  /** The word that a person reads in the cell where copies and files have another, such as "Sell" for `sell`: both are found. */
  shown?: (row: Row) => string;
} & (
    { sortValue: SortValue<Row>; text?: CellText<Row> } | { sortValue?: SortValue<Row>; text: CellText<Row> }
  );

/** A column that holds buttons or a drawing; its name is for screen readers alone. */
type BareColumn<Row> = AnyColumn<Row> & {
  header: ReactElement;
  sortValue?: never;
  text?: never;
  shown?: never;
};

/** One column of a `VirtualTable`. */
export type TableColumn<Row> = NamedColumn<Row> | BareColumn<Row>;
