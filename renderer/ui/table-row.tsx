import type { KeyboardEvent, MouseEvent } from 'react';
import { memo } from 'react';

import { cx } from './cx.ts';
import type { TableColumn } from './table-column.ts';

interface TableRowProps<Row> {
  row: Row;
  rowKey: string;
  columns: readonly TableColumn<Row>[];
  template: string;
  index: number;
  top: number;
  height: number;
  /** What it stands for is open beside the table. */
  selected: boolean;
  /** It was picked for copying. */
  picked: boolean;
  focusable: boolean;
  /** What it says may no longer be so. */
  stale: boolean;
  onClick: ((row: Row) => void) | undefined;
  /** With Ctrl, Cmd or Shift: it is picked and not opened. */
  onPick: (key: string, how: 'toggle' | 'stretch') => void;
}

function TableRowBase<Row>(props: TableRowProps<Row>) {
  const { row, rowKey, columns, template, index, top, height, selected, picked, focusable, stale } = props;
  const { onClick, onPick } = props;

  function onMouse(event: MouseEvent): void {
    if (event.shiftKey) onPick(rowKey, 'stretch');
    else if (event.ctrlKey || event.metaKey) onPick(rowKey, 'toggle');
    else onClick?.(row);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.target !== event.currentTarget) return;
    if (event.key === ' ' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      onPick(rowKey, 'toggle');
    } else if ((event.key === 'Enter' || event.key === ' ') && onClick !== undefined) {
      event.preventDefault();
      onClick(row);
    }
  }

  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-current={selected || undefined}
      aria-selected={picked || undefined}
      data-index={index}
      tabIndex={focusable ? 0 : -1}
      onClick={onMouse}
      onKeyDown={onKeyDown}
      className={cx(
        'absolute top-0 left-0 grid w-full items-center border-b border-line/60 text-sm focus-visible:-outline-offset-2',
        onClick !== undefined && 'hover:bg-raised',
        (selected || picked) && 'bg-accent-soft hover:bg-accent-soft',
        stale && 'stale-figures',
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
export const TableRow = memo(TableRowBase) as typeof TableRowBase;
