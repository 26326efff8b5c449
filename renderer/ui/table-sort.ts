import type { ColumnDef, Row as TableRowOf, SortingState } from '@tanstack/react-table';
import { createSortedRowModel, rowSortingFeature, tableFeatures } from '@tanstack/react-table';
import { z } from 'zod';

import { keep, readKept } from '../stores/kept.ts';
import type { TableColumn } from './table-column.ts';
import type { SortableHead } from './table-head.tsx';

export const sortFeatures = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel() });

const placeOf = (table: string): string => `table-sort/${table}`;
const stored = z.array(z.object({ id: z.string().max(200), desc: z.boolean() })).max(5);

/** How the person last sorted a table of this name; `null` where they did not, or by a column that it has no more. */
export function keptSort<Row>(table: string, columns: readonly TableColumn<Row>[]): SortingState | null {
  const { data: sorting } = stored.safeParse(readKept(placeOf(table)));
  const isThere = sorting?.every(({ id }) =>
    columns.some((column) => column.id === id && column.sortValue !== undefined),
  );
  return sorting !== undefined && isThere === true ? sorting : null;
}

export const keepSort = (table: string, sorting: SortingState): void => keep(placeOf(table), sorting);

/** A column as the sorting needs it. */
export function toDefinition<Row extends object>(
  column: TableColumn<Row>,
): ColumnDef<typeof sortFeatures, Row> {
  const { sortValue } = column;
  return {
    id: column.id,
    accessorFn: (row: Row) => sortValue?.(row) ?? undefined,
    enableSorting: sortValue !== undefined,
    sortUndefined: 'last',
    sortFn: (a: TableRowOf<typeof sortFeatures, Row>, b: TableRowOf<typeof sortFeatures, Row>, id: string) =>
      inOrder(a.getValue(id), b.getValue(id)),
  };
}

/** What the head of a column shows of its sorting, and what a click on it does. */
export function toHead(column: {
  getIsSorted(): false | 'asc' | 'desc';
  getCanSort(): boolean;
  getToggleSortingHandler(): ((event: unknown) => void) | undefined;
}): SortableHead {
  return {
    direction: column.getIsSorted(),
    toggle: column.getCanSort() ? column.getToggleSortingHandler() : undefined,
  };
}

function inOrder(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a).localeCompare(String(b));
}
