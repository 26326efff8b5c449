import { useMemo } from 'react';

import { t } from '#shared/words.ts';

import type { ChartData } from './chart-data.ts';
import { EmptyState } from './states.tsx';
import type { TableColumn } from './table-column.ts';
import { VirtualTable } from './virtual-table.tsx';

interface Row {
  index: number;
}

interface ChartTableProps {
  title: string;
  data: ChartData;
  className?: string;
}

/** What a chart shows, as a table. */
export function ChartTable({ title, data, className }: ChartTableProps) {
  const rows = useMemo(
    () =>
      Array.from({ length: data.count }, (_, at): Row => ({
        index: data.isOverTime ? data.count - 1 - at : at,
      })),
    [data.count, data.isOverTime],
  );
  const columns = useMemo(
    () =>
      data.columns.map(({ name, align = 'left', width, sortValue }, at): TableColumn<Row> => ({
        // By its place: its name is another in another language.
        id: `${data.columns.length} ${at}`,
        header: name,
        align,
        width: width ?? (at === 0 ? 'minmax(9rem, 1.4fr)' : 'minmax(6.5rem, 1fr)'),
        // The first column is the order of the chart itself.
        sortValue: ({ index }) =>
          at === 0 && data.isOverTime
            ? index
            : sortValue === undefined
              ? (data.cells(index)[at] ?? null)
              : sortValue(index),
        text: ({ index }) =>
          at === 0 || sortValue === undefined
            ? (data.cells(index)[at] ?? null)
            : (sortValue(index)?.toString() ?? null),
        cell: ({ index }) => <span className="figures">{data.cells(index)[at] ?? ''}</span>,
      })),
    [data],
  );
  return (
    <VirtualTable
      label={t('{title}, as a table', { title })}
      name={`chart ${data.sort}`}
      rows={rows}
      columns={columns}
      rowKey={({ index }) => String(index)}
      rowHeight={28}
      {...(className === undefined ? {} : { className })}
      empty={<EmptyState title={t('Nothing to show yet')} className="!py-4" />}
    />
  );
}
