import { useMemo, useState } from 'react';

import { entryKey } from '#shared/domain/desk.ts';
import type { Trade } from '#shared/domain/portfolio/trade.ts';
import { t } from '#shared/words.ts';

import { useSlice, useSliceValues } from '../../stores/desk.ts';
import { CountBadge } from '../../ui/badge.tsx';
import { Segmented, Tabs } from '../../ui/tabs.tsx';
import { TradeList } from '../portfolio/trades-table.tsx';
import type { QuoteName } from './find-quote.ts';
import { isAbout } from './find-quote.ts';
import { FuturesTable } from './futures-table.tsx';
import { PatternTable } from './pattern-table.tsx';
import { PredictionTable } from './prediction-table.tsx';
import { withRealised } from './realised.ts';
import { useQuoteNames } from './use-quote-names.ts';

type Reach = 'all' | 'one';

/** What is said and done about prices: of every symbol, or of the one in the chart. */
export function MarketTabs({
  quote,
  backendIds,
}: {
  quote: QuoteName | null;
  backendIds: ReadonlySet<string>;
}) {
  const [tab, setTab] = useState('predictions');
  const [reach, setReach] = useState<Reach>('all');
  const only = reach === 'one' ? quote : null;
  const predictions = useConcerning(useSliceValues('predictions'), only, symbolOf);
  const patterns = useConcerning(useSliceValues('patterns'), only, symbolOf);
  const futures = useConcerning(useSliceValues('futures'), only, idOf);
  const trades = useConcerning(useMarketTrades(backendIds), only, instrumentOf);
  return (
    <Tabs
      label={t('Market')}
      value={tab}
      onChange={setTab}
      className="min-h-72 flex-1 overflow-hidden rounded-lg border border-line bg-surface"
      contentClassName="flex flex-col"
      actions={
        quote !== null && (
          <Segmented
            label={t('Which symbols')}
            value={reach}
            onChange={setReach}
            options={[
              { value: 'all', label: t('All symbols') },
              { value: 'one', label: quote.id },
            ]}
          />
        )
      }
      items={[
        {
          id: 'predictions',
          label: <Counted words={t('Predictions')} count={predictions.length} />,
          content: <PredictionTable predictions={predictions} />,
        },
        {
          id: 'patterns',
          label: <Counted words={t('Patterns')} count={patterns.length} />,
          content: <PatternTable patterns={patterns} />,
        },
        {
          id: 'futures',
          label: <Counted words={t('Futures')} count={futures.length} />,
          content: <FuturesTable futures={futures} />,
        },
        {
          id: 'trades',
          label: <Counted words={t('Trades')} count={trades.length} />,
          content: (
            <>
              <TradeList rows={trades} emptyTitle={t('No trades yet')} />
              {trades.length > 0 && (
                <p className="shrink-0 border-t border-line px-3.5 py-1.5 text-2xs text-faint">
                  {t(
                    "Realised is the backend's own figure, else the sale less what the oldest purchases known here cost. A dash where the cost is not known.",
                  )}
                </p>
              )}
            </>
          ),
        },
      ]}
    />
  );
}

const Counted = ({ words, count }: { words: string; count: number }) => (
  <>
    {words} <CountBadge count={count} />
  </>
);

const idOf = ({ id }: { id: string }) => id;
const symbolOf = ({ symbol }: { symbol: string | null }) => symbol;
const instrumentOf = ({ instrument }: Trade) => instrument;

/** All rows, or those about one quote's asset on its backend. `nameOf` is one and the same function at every drawing. */
function useConcerning<Row extends { backendId: string }>(
  rows: readonly Row[],
  only: QuoteName | null,
  nameOf: (row: Row) => string | null,
): readonly Row[] {
  const { backendId, id, asset } = only ?? { backendId: null, id: '', asset: '' };
  return useMemo(
    () =>
      backendId === null
        ? rows
        : rows.filter((row) => row.backendId === backendId && isAbout(nameOf(row), { id, asset })),
    [rows, backendId, id, asset, nameOf],
  );
}

/** The trades of backends that tell prices, each sale with what it earned where its cost is known. */
function useMarketTrades(backendIds: ReadonlySet<string>): readonly Trade[] {
  const trades = useSlice('trades');
  const holdings = useSlice('holdings');
  const portfolios = useSlice('portfolios');
  const names = useQuoteNames();
  return useMemo(() => {
    const groups = new Map<string, { backendId: string; asset: string; trades: Trade[] }>();
    for (const trade of trades.values()) {
      if (!backendIds.has(trade.backendId)) continue;
      const asset = assetOf(trade, names);
      const key = entryKey(trade.backendId, asset);
      const group = groups.get(key) ?? { backendId: trade.backendId, asset, trades: [] };
      group.trades.push(trade);
      groups.set(key, group);
    }
    return [...groups].flatMap(([key, group]) => {
      // A portfolio is complete: what is not in it is not held. Without one nothing is known.
      const held = holdings.get(key)?.quantity ?? (portfolios.has(group.backendId) ? '0' : null);
      return withRealised(group.trades, group.asset === '' ? null : held);
    });
  }, [trades, holdings, portfolios, names, backendIds]);
}

/** What a trade is in; empty where it does not say. A symbol that prices come under is split as they are. */
function assetOf({ backendId, instrument }: Trade, names: readonly QuoteName[]): string {
  const named = names.find((quote) => quote.backendId === backendId && quote.id === instrument);
  return named?.asset ?? instrument?.toUpperCase().split(/[-/_:]/, 1)[0] ?? '';
}
