import type { TableColumn } from './table-column.ts';

/** Room for a colour, the beginning of a name and the PRACTICE mark, which never gives way. */
const NARROW_BACKEND = '11rem';

/** The columns of a narrow window: without those named, and the backend with what it needs to be told by. */
export const narrowed = <Row>(
  columns: readonly TableColumn<Row>[],
  without: readonly string[],
): readonly TableColumn<Row>[] =>
  columns
    .filter(({ id }) => !without.includes(id))
    .map((column) => (column.id === 'backend' ? { ...column, width: NARROW_BACKEND } : column));
