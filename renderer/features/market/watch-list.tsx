import { useMemo } from 'react';

import { entryKey } from '#shared/domain/desk.ts';
import type { Quote } from '#shared/domain/market.ts';
import { toFloat } from '#shared/money.ts';

import { selectItem } from '../../stores/ui.ts';
import { BackendCell } from '../../ui/backend-cell.tsx';
import { EmptyState } from '../../ui/states.tsx';
import type { TableColumn } from '../../ui/virtual-table.tsx';
import { VirtualTable } from '../../ui/virtual-table.tsx';
import { QuoteAge, QuoteChange, QuotePrice } from './quote-parts.tsx';
import { Sparkline } from './sparkline.tsx';

export const quoteKey = ({ backendId, id }: Pick<Quote, 'backendId' | 'id'>): string =>
  entryKey(backendId, id);

const columns: readonly TableColumn<Quote>[] = [
  {
    id: 'symbol',
    header: 'Symbol',
    width: 'minmax(6.75rem, 1fr)',
    sortValue: ({ id }) => id,
    cell: ({ id }) => <span className="font-semibold text-ink">{id}</span>,
  },
  {
    id: 'line',
    header: <span className="sr-only">Last prices</span>,
    width: '6.25rem',
    cell: (quote) => <Sparkline quoteKey={quoteKey(quote)} />,
  },
  {
    id: 'price',
    header: 'Price',
    width: '6.75rem',
    align: 'right',
    sortValue: ({ price }) => toFloat(price),
    cell: (quote) => <QuotePrice quote={quote} />,
  },
  {
    id: 'change',
    header: '24 h',
    width: '6.25rem',
    align: 'right',
    sortValue: ({ change24hPct }) => (change24hPct === null ? null : toFloat(change24hPct)),
    cell: (quote) => <QuoteChange quote={quote} />,
  },
  {
    id: 'age',
    header: 'Age',
    width: '5.75rem',
    align: 'right',
    cell: (quote) => <QuoteAge quote={quote} className="text-xs" />,
  },
];
const backendColumn: TableColumn<Quote> = {
  id: 'backend',
  header: 'Backend',
  width: '11rem',
  sortValue: ({ backendId }) => backendId,
  cell: ({ backendId }) => <BackendCell backendId={backendId} />,
};
const withBackend = [...columns, backendColumn];

/** Every price that a backend names, each in its row, moving in place. */
export function WatchList({ quotes, selectedKey }: { quotes: readonly Quote[]; selectedKey: string | null }) {
  const several = useMemo(() => new Set(quotes.map(({ backendId }) => backendId)).size > 1, [quotes]);
  return (
    <VirtualTable
      label="Watch list"
      rows={quotes}
      columns={several ? withBackend : columns}
      rowKey={quoteKey}
      selectedKey={selectedKey}
      initialSort={{ id: 'symbol', desc: false }}
      onRowClick={(quote) => selectItem(quoteKey(quote))}
      className="h-full"
      empty={
        <EmptyState title="No prices yet">
          A backend that tells prices is connected; they show as soon as it sends one.
        </EmptyState>
      }
    />
  );
}
