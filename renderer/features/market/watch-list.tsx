import { useMemo, useState } from 'react';

import { entryKey } from '#shared/domain/desk.ts';
import type { Quote } from '#shared/domain/market/market.ts';
import { toFloat } from '#shared/money.ts';
import { t } from '#shared/words.ts';

import { selectItem } from '../../stores/ui.ts';
import { BackendTag } from '../../ui/backend-tag.tsx';
import { Button } from '../../ui/button.tsx';
import { Panel } from '../../ui/panel.tsx';
import { SearchInput } from '../../ui/search-input.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { byTime } from '../../ui/table-text.ts';
import type { TableColumn } from '../../ui/table-column.ts';
import { VirtualTable } from '../../ui/virtual-table.tsx';
import { matchesSymbol } from './find-quote.ts';
import { QuoteAge, QuoteChange, QuotePrice, QuoteSampleMark } from './quote-parts.tsx';
import { Sparkline } from './sparkline.tsx';

export const quoteKey = ({ backendId, id }: Pick<Quote, 'backendId' | 'id'>): string =>
  entryKey(backendId, id);

const columns: readonly TableColumn<Quote>[] = [
  {
    id: 'symbol',
    header: t('Symbol'),
    width: 'minmax(6.75rem, 1fr)',
    sortValue: ({ id }) => id,
    cell: (quote) => (
      <span className="flex min-w-0 items-center gap-1.5">
        <span className="truncate font-semibold text-ink" title={quote.id}>
          {quote.id}
        </span>
        <QuoteSampleMark quote={quote} />
      </span>
    ),
  },
  {
    id: 'line',
    header: <span className="sr-only">{t('Last prices')}</span>,
    width: '5rem',
    cell: (quote) => <Sparkline quoteKey={quoteKey(quote)} />,
  },
  {
    id: 'price',
    header: t('Price'),
    width: '6.5rem',
    align: 'right',
    sortValue: ({ price }) => toFloat(price),
    text: ({ price }) => price,
    cell: (quote) => <QuotePrice quote={quote} />,
  },
  {
    id: 'change',
    header: '24 h',
    width: '6.25rem',
    align: 'right',
    sortValue: ({ change24hPct }) => (change24hPct === null ? null : toFloat(change24hPct)),
    text: ({ change24hPct }) => change24hPct,
    cell: (quote) => <QuoteChange quote={quote} />,
  },
  {
    id: 'age',
    header: t('Age'),
    width: '6.5rem',
    align: 'right',
    ...byTime(({ receivedAtMs }) => receivedAtMs),
    cell: (quote) => <QuoteAge quote={quote} className="text-xs" />,
  },
];
/** With the backend under the symbol: several may tell the price of one asset. */
const symbolOfBackend: TableColumn<Quote> = {
  id: 'symbol',
  header: t('Symbol'),
  width: 'minmax(10rem, 1fr)',
  sortValue: ({ id, backendId }) => `${id} ${backendId}`,
  cell: (quote) => (
    <span className="flex min-w-0 flex-col leading-tight">
      <span className="flex min-w-0 items-center gap-1.5">
        <span className="truncate font-semibold text-ink" title={quote.id}>
          {quote.id}
        </span>
        <QuoteSampleMark quote={quote} />
      </span>
      <BackendTag backendId={quote.backendId} brief className="text-2xs" />
    </span>
  ),
};
const withBackend = columns.map((column) => (column.id === 'symbol' ? symbolOfBackend : column));
const TWO_LINES_PX = 48;

/** Every price that a backend names, each in its row, moving in place; or those of the symbols that are looked for. */
export function WatchList({
  quotes,
  selectedKey,
  className,
}: {
  quotes: readonly Quote[];
  selectedKey: string | null;
  className: string;
}) {
  const [text, setText] = useState('');
  const several = useMemo(() => new Set(quotes.map(({ backendId }) => backendId)).size > 1, [quotes]);
  const shown = useMemo(() => quotes.filter(({ id }) => matchesSymbol(id, text)), [quotes, text]);
  return (
    <Panel
      title={t('Watch list')}
      className={className}
      actions={
        <SearchInput
          label={t('Symbol in the watch list')}
          placeholder={t('Symbol')}
          className="w-36"
          value={text}
          onChange={setText}
        />
      }
    >
      <VirtualTable
        label={t('Watch list')}
        name="Watch list"
        rows={shown}
        columns={several ? withBackend : columns}
        {...(several ? { rowHeight: TWO_LINES_PX } : {})}
        rowKey={quoteKey}
        selectedKey={selectedKey}
        initialSort={{ id: 'symbol', desc: false }}
        onRowClick={(quote) => selectItem(quoteKey(quote))}
        className="h-full"
        empty={<NoQuotes areFiltered={quotes.length > 0} onClear={() => setText('')} />}
      />
    </Panel>
  );
}

function NoQuotes({ areFiltered, onClear }: { areFiltered: boolean; onClear: () => void }) {
  return areFiltered ? (
    <EmptyState
      title={t('No symbol matches')}
      action={<Button onClick={onClear}>{t('Show all prices')}</Button>}
    >
      {t('None of the prices is of what you are looking for.')}
    </EmptyState>
  ) : (
    <EmptyState title={t('No prices yet')}>
      {t('A backend that tells prices is connected; they show as soon as it sends one.')}
    </EmptyState>
  );
}
