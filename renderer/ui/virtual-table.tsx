import type { ColumnDef, Row as TableRow, SortingState } from '@tanstack/react-table';
import { createSortedRowModel, rowSortingFeature, tableFeatures, useTable } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp } from 'lucide-react';
import type { KeyboardEvent, ReactNode } from 'react';
import { memo, useMemo, useRef } from 'react';

import { cx } from './cx.ts';

export interface TableColumn<Row> {
  id: string;
  header: ReactNode;
  /** Draws a cell. Keep the columns at module level or in a memo: a row is drawn again when they change. */
  cell: (row: Row) => ReactNode;
  /** By what a click on the header sorts; without it the column cannot be sorted. `null` goes last. */
  sortValue?: (row: Row) => number | string | null;
  align?: 'left' | 'right';
  /** A track of CSS grid, such as "8rem" or "minmax(6rem, 1fr)". */
  width?: string;
}

interface VirtualTableProps<Row extends object> {
  /** The table's name, for screen readers. */
  label: string;
  rows: readonly Row[];
  columns: readonly TableColumn<Row>[];
  rowKey: (row: Row) => string;
  initialSort?: { id: string; desc: boolean };
  onRowClick?: (row: Row) => void;
  selectedKey?: string | null;
  /** Shown instead of rows. */
  empty?: ReactNode;
  /** Pixels; without it the density decides. */
  rowHeight?: number;
  /** The table takes the height that its class gives it and scrolls inside. */
  className?: string;
  /** Called when the last row comes in sight: time for the next page. */
  onEndReached?: () => void;
  /** Under the last row: "loading more", "that is all". */
  footer?: ReactNode;
}

const features = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel() });

/** A table of any length: only the rows in sight are in the document, and a row is drawn again only when it changed. */
export function VirtualTable<Row extends object>({
  label,
  rows,
  columns,
  rowKey,
  initialSort,
  onRowClick,
  selectedKey = null,
  empty,
  rowHeight,
  className,
  onEndReached,
  footer,
}: VirtualTableProps<Row>) {
  const scroller = useRef<HTMLDivElement>(null);
  const definitions = useMemo(() => columns.map(toDefinition), [columns]);
  const table = useTable(
    {
      features,
      data: rows,
      columns: definitions,
      getRowId: rowKey,
      initialState: { sorting: initialSort === undefined ? [] : [initialSort] },
    },
    (state): { sorting: SortingState } => ({ sorting: state.sorting }),
  );
  const sorted = table.getRowModel().rows;
  const height = rowHeight ?? densityRowHeight();
  const virtualizer = useVirtualizer({
    count: sorted.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    getItemKey: (index) => sorted[index]?.id ?? index,
    overscan: 8,
    onChange: (instance) => {
      const last = instance.getVirtualItems().at(-1);
      if (onEndReached !== undefined && last !== undefined && last.index >= sorted.length - 1) onEndReached();
    },
  });
  const items = virtualizer.getVirtualItems();
  const tabStop = (items.find((item) => sorted[item.index]?.id === selectedKey) ?? items[0])?.index;
  const template = columns.map((column) => column.width ?? 'minmax(5rem, 1fr)').join(' ');
  const byId = useMemo(() => new Map(columns.map((column) => [column.id, column])), [columns]);

  function moveFocus(event: KeyboardEvent<HTMLDivElement>): void {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0 || !(event.target instanceof HTMLElement)) return;
    const at = Number(event.target.closest<HTMLElement>('[data-index]')?.dataset.index);
    const next = at + step;
    if (!Number.isInteger(next) || next < 0 || next >= sorted.length) return;
    event.preventDefault();
    virtualizer.scrollToIndex(next, { align: 'auto' });
    requestAnimationFrame(() =>
      scroller.current?.querySelector<HTMLElement>(`[data-index="${next}"]`)?.focus(),
    );
  }

  return (
    <div
      ref={scroller}
      // Rows that can be chosen take the focus themselves; a table without such rows scrolls by keyboard here.
      tabIndex={onRowClick === undefined ? 0 : undefined}
      className={cx('relative min-h-0 overflow-auto focus-visible:-outline-offset-2', className)}
    >
      {/* As wide as its columns need, so that head and rows scroll sideways together. */}
      <div role="table" aria-label={label} aria-rowcount={sorted.length + 1} className="min-w-min">
        <div role="rowgroup" className="sticky top-0 z-10 border-b border-line bg-surface">
          <div
            role="row"
            aria-rowindex={1}
            className="grid h-8 items-center"
            style={{ gridTemplateColumns: template }}
          >
            {table.getHeaderGroups()[0]?.headers.map((header) => {
              const column = byId.get(header.id);
              const direction = header.column.getIsSorted();
              return (
                <div
                  key={header.id}
                  role="columnheader"
                  aria-sort={
                    direction === 'asc' ? 'ascending' : direction === 'desc' ? 'descending' : undefined
                  }
                  className={cx('label min-w-0 px-3', column?.align === 'right' && 'text-right')}
                >
                  {header.column.getCanSort() ? (
                    <button
                      type="button"
                      onClick={header.column.getToggleSortingHandler()}
                      className={cx(
                        'inline-flex max-w-full items-center gap-1 rounded-sm hover:text-ink',
                        direction !== false && 'text-ink',
                      )}
                    >
                      <span className="truncate">{column?.header}</span>
                      {direction === 'asc' && <ArrowUp size={11} aria-hidden />}
                      {direction === 'desc' && <ArrowDown size={11} aria-hidden />}
                    </button>
                  ) : (
                    <span className="block truncate">{column?.header}</span>
                  )}
                </div>
              );
            })}
          </div>
        </div>
        {sorted.length > 0 && (
          <div
            role="rowgroup"
            className="relative"
            style={{ height: virtualizer.getTotalSize() }}
            onKeyDown={onRowClick === undefined ? undefined : moveFocus}
          >
            {items.map((item) => {
              const row = sorted[item.index];
              return row === undefined ? null : (
                <BodyRow
                  key={row.id}
                  row={row.original}
                  columns={columns}
                  template={template}
                  index={item.index}
                  top={item.start}
                  height={item.size}
                  selected={row.id === selectedKey}
                  focusable={item.index === tabStop}
                  onClick={onRowClick}
                />
              );
            })}
          </div>
        )}
      </div>
      {sorted.length === 0 && empty}
      {footer}
    </div>
  );
}

interface BodyRowProps<Row> {
  row: Row;
  columns: readonly TableColumn<Row>[];
  template: string;
  index: number;
  top: number;
  height: number;
  selected: boolean;
  focusable: boolean;
  onClick: ((row: Row) => void) | undefined;
}

function BodyRowBase<Row>({
  row,
  columns,
  template,
  index,
  top,
  height,
  selected,
  focusable,
  onClick,
}: BodyRowProps<Row>) {
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-current={selected || undefined}
      data-index={index}
      tabIndex={onClick === undefined ? undefined : focusable ? 0 : -1}
      onClick={onClick === undefined ? undefined : () => onClick(row)}
      onKeyDown={
        onClick === undefined
          ? undefined
          : (event) => {
              if (event.target !== event.currentTarget || (event.key !== 'Enter' && event.key !== ' '))
                return;
              event.preventDefault();
              onClick(row);
            }
      }
      className={cx(
        'absolute top-0 left-0 grid w-full items-center border-b border-line/60 text-sm focus-visible:-outline-offset-2',
        onClick !== undefined && 'hover:bg-raised',
        selected && 'bg-accent-soft hover:bg-accent-soft',
      )}
      style={{ gridTemplateColumns: template, height, transform: `translateY(${top}px)` }}
    >
      {columns.map((column) => (
        <div
          key={column.id}
          role="cell"
          className={cx('min-w-0 truncate px-3', column.align === 'right' && 'text-right')}
        >
          {column.cell(row)}
        </div>
      ))}
    </div>
  );
}

// `memo` drops the type parameter; the props are the same.
const BodyRow = memo(BodyRowBase) as typeof BodyRowBase;

function toDefinition<Row extends object>(column: TableColumn<Row>): ColumnDef<typeof features, Row> {
  const { sortValue } = column;
  return {
    id: column.id,
    accessorFn: (row: Row) => sortValue?.(row) ?? undefined,
    enableSorting: sortValue !== undefined,
    sortUndefined: 'last',
    sortFn: (a: TableRow<typeof features, Row>, b: TableRow<typeof features, Row>, id: string) =>
      order(a.getValue(id), b.getValue(id)),
  };
}

function order(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a).localeCompare(String(b));
}

/** What the density attribute on <html> makes of a row, in pixels. */
function densityRowHeight(): number {
  return document.documentElement.dataset.density === 'compact' ? 30 : 36;
}
