import { Copy, FileSpreadsheet, MoreHorizontal, Search } from 'lucide-react';

import { t } from '#shared/words.ts';

import { Button } from './button.tsx';
import { Menu } from './menu.tsx';
import type { TableColumn } from './table-column.ts';

interface TableMenuProps<Row> {
  label: string;
  /** All of the columns that could show. */
  columns: readonly TableColumn<Row>[];
  hidden: ReadonlySet<string>;
  onToggleColumn: (id: string) => void;
  /** Rows that were picked; without any, all are meant. */
  picked: number;
  /** There are more rows than are here. */
  paged: boolean;
  filtering: boolean;
  onFilter: () => void;
  onCopy: () => void;
  onSave: () => void;
}

/** What can be done with a whole table: find rows in it, copy or save them, choose its columns. */
export function TableMenu<Row>(props: TableMenuProps<Row>) {
  const { label, columns, hidden, onToggleColumn, picked, paged, filtering, onFilter, onCopy, onSave } =
    props;
  const offered = columns.filter(({ header }) => typeof header === 'string');
  const shown = offered.filter(({ id }) => !hidden.has(id)).length;
  const which =
    picked > 0
      ? t('{picked, plural, one {# row} other {# rows}}', { picked })
      : paged
        ? t('loaded rows')
        : t('all rows');
  return (
    <Menu
      label={t('Table {label}', { label })}
      items={[
        {
          id: 'filter',
          label: filtering ? t('Close the filter') : t('Filter rows'),
          icon: <Search size={13} aria-hidden />,
          onSelect: onFilter,
        },
        {
          id: 'copy',
          label: t('Copy {which}', { which }),
          icon: <Copy size={13} aria-hidden />,
          onSelect: onCopy,
        },
        {
          id: 'save',
          label: t('Save {which} as CSV', { which }),
          icon: <FileSpreadsheet size={13} aria-hidden />,
          onSelect: onSave,
        },
        ...offered.map(({ id, header }, index) => ({
          id: `column-${id}`,
          label: header,
          chosen: !hidden.has(id),
          keepsOpen: true as const,
          apart: index === 0,
          // The last one stays: a table without columns could not be asked for them again.
          onSelect: () => {
            if (hidden.has(id) || shown > 1) onToggleColumn(id);
          },
        })),
      ]}
    >
      <Button
        size="sm"
        variant="ghost"
        aria-label={t('Columns, filter and export of {label}', { label })}
        className="!h-6 !w-6 !px-0"
        icon={<MoreHorizontal size={13} aria-hidden />}
      />
    </Menu>
  );
}
