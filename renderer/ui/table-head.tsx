import { ArrowDown, ArrowUp } from 'lucide-react';
import type { ReactNode } from 'react';

import { cx } from './cx.ts';
import type { TableColumn } from './table-column.ts';

/** How a column is sorted now, and what sorts it otherwise; `undefined` where it cannot be sorted. */
export interface SortableHead {
  direction: false | 'asc' | 'desc';
  toggle: ((event: unknown) => void) | undefined;
}

interface TableHeadProps<Row> {
  columns: readonly TableColumn<Row>[];
  heads: ReadonlyMap<string, SortableHead>;
  template: string;
  /** What can be done with the whole table, at the right end. */
  menu: ReactNode;
}

/** The row of names, which stays in sight. A click on a name sorts. */
export function TableHead<Row>({ columns, heads, template, menu }: TableHeadProps<Row>) {
  return (
    <div role="rowgroup" className="sticky top-0 z-10 border-b border-line bg-surface">
      <div
        role="row"
        aria-rowindex={1}
        className="grid h-8 items-center"
        style={{ gridTemplateColumns: template }}
      >
        {columns.map((column) => (
          <HeadCell key={column.id} column={column} head={heads.get(column.id)} />
        ))}
        {menu !== null && (
          <div role="columnheader" className="flex justify-center">
            {menu}
          </div>
        )}
      </div>
    </div>
  );
}

function HeadCell<Row>({ column, head }: { column: TableColumn<Row>; head: SortableHead | undefined }) {
  const direction = head?.direction ?? false;
  return (
    <div
      role="columnheader"
      aria-sort={direction === 'asc' ? 'ascending' : direction === 'desc' ? 'descending' : undefined}
      className={cx('label min-w-0 px-3', column.align === 'right' && 'text-right')}
    >
      {head?.toggle === undefined ? (
        <span className="block truncate">{column.header}</span>
      ) : (
        <button
          type="button"
          onClick={head.toggle}
          className={cx(
            'inline-flex max-w-full items-center gap-1 rounded-sm hover:text-ink',
            direction !== false && 'text-ink',
          )}
        >
          <span className="truncate">{column.header}</span>
          {direction === 'asc' && <ArrowUp size={11} aria-hidden />}
          {direction === 'desc' && <ArrowDown size={11} aria-hidden />}
        </button>
      )}
    </div>
  );
}
