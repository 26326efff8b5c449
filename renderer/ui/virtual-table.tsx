import type { SortingState } from '@tanstack/react-table';
import { useTable } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import type { KeyboardEvent, ReactNode } from 'react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';

import { fileStamp } from '#shared/wall-time.ts';
import { t } from '#shared/words.ts';

import { nowMs } from '../stores/clock.ts';
import { toast } from '../stores/toasts.ts';
import { copyText } from './copy-text.ts';
import { cx } from './cx.ts';
import { formatCount } from './format.ts';
import { useHiddenColumns } from './hidden-columns.ts';
import type { RowSelection } from './row-selection.ts';
import { NOTHING_PICKED, pickAll, stretchTo, toggleRow } from './row-selection.ts';
import { saveTextFile, toFileName } from './save-file.ts';
import type { TableColumn } from './table-column.ts';
import { TableFilter } from './table-filter.tsx';
import { TableHead } from './table-head.tsx';
import { TableMenu } from './table-menu.tsx';
import { TableRow } from './table-row.tsx';
import { keepSort, keptSort, sortFeatures, toDefinition, toHead } from './table-sort.ts';
import { hasText, matchesFilter, toCsv, toTsv } from './table-text.ts';

interface VirtualTableProps<Row extends object> {
  /** The table's name, for screen readers and for its file. */
  label: string;
  /** By what the choice of its columns and their order are remembered: the sort of table, the same in every language. */
  name: string;
  rows: readonly Row[];
  columns: readonly TableColumn<Row>[];
  rowKey: (row: Row) => string;
  initialSort?: { id: string; desc: boolean };
  /** Columns that are hidden until the person chooses their own. Keep it in a memo. */
  spare?: readonly string[];
  onRowClick?: (row: Row) => void;
  selectedKey?: string | null;
  /** Whether what the row says may no longer be so now; it is drawn without colour then (D4). */
  isStale?: (row: Row) => boolean;
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

/** Room at the right end for what can be done with the table. */
const MENU_TRACK = '2rem';

/**
 * A table of any length: only the rows in sight are in the document, and a row is drawn again only when it changed. Its columns
 * can be chosen and its rows sorted, both kept; rows are filtered, picked (Ctrl, Shift), copied and saved.
 */
export function VirtualTable<Row extends object>({
  label,
  name,
  rows,
  columns: offered,
  rowKey,
  initialSort,
  spare,
  onRowClick,
  selectedKey = null,
  isStale,
  empty,
  rowHeight,
  className,
  onEndReached,
  footer,
}: VirtualTableProps<Row>) {
  const scroller = useRef<HTMLDivElement>(null);
  const [hidden, toggleColumn] = useHiddenColumns(name, spare);
  const [filter, setFilter] = useState<string | null>(null);
  const [picked, setPicked] = useState<RowSelection>(NOTHING_PICKED);
  const columns = useMemo(() => {
    const shown = offered.filter(({ id }) => !hidden.has(id));
    return shown.length === 0 ? offered : shown;
  }, [offered, hidden]);
  const found = useMemo(
    () =>
      filter === null || filter === '' ? rows : rows.filter((row) => matchesFilter(offered, row, filter)),
    [rows, offered, filter],
  );
  const definitions = useMemo(() => offered.map(toDefinition), [offered]);
  const [initialSorting] = useState(
    () => keptSort(name, offered) ?? (initialSort === undefined ? [] : [initialSort]),
  );
  const table = useTable(
    {
      features: sortFeatures,
      data: found,
      columns: definitions,
      getRowId: rowKey,
      initialState: { sorting: initialSorting },
    },
    (state): { sorting: SortingState } => ({ sorting: state.sorting }),
  );
  const { sorting } = table.state;
  useEffect(() => {
    if (sorting !== initialSorting) keepSort(name, sorting);
  }, [name, sorting, initialSorting]);
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
  const [focusedKey, setFocusedKey] = useState<string | null>(null);
  const tabStop = (items.find((item) => sorted[item.index]?.id === (focusedKey ?? selectedKey)) ?? items[0])
    ?.index;
  const template = [...columns.map((column) => column.width ?? 'minmax(5rem, 1fr)'), MENU_TRACK].join(' ');
  const heads = new Map(
    table.getHeaderGroups()[0]?.headers.map((header) => [header.id, toHead(header.column)]),
  );

  // A stretch is counted in the order of now, and a row must not be drawn again because that order changed.
  const order = useRef<readonly string[]>([]);
  useEffect(() => {
    order.current = sorted.map(({ id }) => id);
  }, [sorted]);
  const pick = useCallback((key: string, how: 'toggle' | 'stretch') => {
    setPicked((before) =>
      how === 'toggle' ? toggleRow(before, key) : stretchTo(before, key, order.current),
    );
  }, []);

  /** The picked rows that are still there, in the order that is shown; all of them where none is. */
  function chosenRows(): Row[] {
    const chosen = sorted.filter(({ id }) => picked.keys.has(id));
    return (chosen.length > 0 ? chosen : sorted).map(({ original }) => original);
  }

  function copy(chosen: readonly Row[]): void {
    const done = copyText(toTsv(columns, chosen));
    if (done) toast(t('{count} copied', { count: rowsWords(chosen.length) }));
    else toast.error(t('The system did not allow copying'));
  }

  function save(): void {
    const chosen = chosenRows();
    saveTextFile(`${toFileName(label)}-${fileStamp(nowMs())}.csv`, 'text/csv', toCsv(columns, chosen));
  }

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>): void {
    if (!(event.target instanceof HTMLElement)) return;
    const row = event.target.closest<HTMLElement>('[data-index]');
    const at = Number(row?.dataset.index);
    if (row === null || !Number.isInteger(at)) return;
    const withCommand = event.ctrlKey || event.metaKey;
    // Text that the person marked is what they want to copy.
    if (withCommand && event.key === 'c' && String(window.getSelection()) === '') {
      const own = sorted[at]?.original;
      copy(picked.keys.size > 0 ? chosenRows() : own === undefined ? [] : [own]);
    } else if (withCommand && event.key === 'a') {
      setPicked(pickAll(order.current));
    } else if (event.key === 'Escape' && picked.keys.size > 0) {
      setPicked(NOTHING_PICKED);
      event.stopPropagation();
    } else {
      const next = nextRow(event.key, at, sorted.length);
      const key = sorted[next ?? -1]?.id;
      if (next === null || key === undefined || withCommand) return;
      if (event.shiftKey) {
        const from = sorted[at]?.id ?? key;
        setPicked((before) =>
          stretchTo(before.anchor === null ? { ...before, anchor: from } : before, key, order.current),
        );
      }
      setFocusedKey(key);
      virtualizer.scrollToIndex(next, { align: 'auto' });
      requestAnimationFrame(() =>
        scroller.current?.querySelector<HTMLElement>(`[data-index="${next}"]`)?.focus(),
      );
    }
    event.preventDefault();
  }

  return (
    <div className={cx('flex min-h-0 min-w-0 flex-col', className)}>
      {filter !== null && (
        <TableFilter
          label={label}
          value={filter}
          found={sorted.length}
          of={rows.length}
          onChange={setFilter}
          onClose={() => setFilter(null)}
        />
      )}
      <div
        ref={scroller}
        // Rows take the focus themselves; without rows it scrolls sideways by keyboard here.
        tabIndex={sorted.length === 0 ? 0 : undefined}
        className="relative min-h-0 flex-1 overflow-auto focus-visible:-outline-offset-2"
      >
        {/* As wide as its columns need, so that head and rows scroll sideways together. */}
        <div role="table" aria-label={label} aria-rowcount={sorted.length + 1} className="min-w-min">
          <TableHead
            columns={columns}
            heads={heads}
            template={template}
            menu={
              offered.some(hasText) ? (
                <TableMenu
                  label={label}
                  columns={offered}
                  hidden={hidden}
                  onToggleColumn={toggleColumn}
                  picked={picked.keys.size}
                  paged={onEndReached !== undefined}
                  filtering={filter !== null}
                  onFilter={() => setFilter(filter === null ? '' : null)}
                  onCopy={() => copy(chosenRows())}
                  onSave={save}
                />
              ) : null
            }
          />
          {sorted.length > 0 && (
            <div
              role="rowgroup"
              className="relative"
              style={{ height: virtualizer.getTotalSize() }}
              onKeyDown={onKeyDown}
            >
              {items.map((item) => {
                const row = sorted[item.index];
                return row === undefined ? null : (
                  <TableRow
                    key={row.id}
                    row={row.original}
                    rowKey={row.id}
                    columns={columns}
                    template={template}
                    index={item.index}
                    top={item.start}
                    height={item.size}
                    selected={row.id === selectedKey}
                    picked={picked.keys.has(row.id)}
                    focusable={item.index === tabStop}
                    onClick={onRowClick}
                    stale={isStale?.(row.original) ?? false}
                    onPick={pick}
                  />
                );
              })}
            </div>
          )}
        </div>
        {sorted.length === 0 && (rows.length > 0 ? <NothingFound /> : empty)}
        {footer}
      </div>
    </div>
  );
}

const NothingFound = () => (
  <p className="px-4 py-6 text-center text-sm text-muted">{t('No row holds these words.')}</p>
);

const rowsWords = (count: number): string =>
  count === 1 ? t('One row') : t('{count} rows', { count: formatCount(count) });

/** Where a key moves from a row; `null` is no key of rows. */
function nextRow(key: string, at: number, count: number): number | null {
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  const step = { ArrowDown: 1, ArrowUp: -1 }[key];
  if (step === undefined) return null;
  const next = at + step;
  return next < 0 || next >= count ? null : next;
}

/** What the density attribute on <html> makes of a row, in pixels. */
function densityRowHeight(): number {
  return document.documentElement.dataset.density === 'compact' ? 30 : 36;
}
