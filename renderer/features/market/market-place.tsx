import { ChartCandlestick } from 'lucide-react';
import { useEffect, useMemo } from 'react';

import type { Quote } from '#shared/domain/market/market.ts';
import { t } from '#shared/words.ts';

import { useSlice, useSliceValues } from '../../stores/desk.ts';
import { openPlace, useUi } from '../../stores/ui.ts';
import { PracticeMark } from '../../ui/backend-tag.tsx';
import { Button } from '../../ui/button.tsx';
import { formatCount } from '../../ui/format.ts';
import { Panel, PlaceHeader } from '../../ui/panel.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { keepQuote, keptQuote } from './kept-choice.ts';
import { MarketOverview } from './market-overview.tsx';
import { MarketTabs } from './market-tabs.tsx';
import { PricePanel } from './price-panel.tsx';
import { useQuoteNames } from './use-quote-names.ts';
import { quoteKey, WatchList } from './watch-list.tsx';

/** Prices as backends tell them, and what they expect and see in them. The item is a quote's key. */
export function MarketPlace() {
  const quotes = useSliceValues('quotes');
  const backendIds = useMarketBackends();
  const selected = useSelected(quotes);
  const practice = usePracticeAmong(backendIds);
  if (backendIds.size === 0) return <NothingHere />;
  return (
    <div className="flex h-full min-h-0 flex-col">
      <PlaceHeader
        title={t('Market')}
        note={
          <>
            {practice !== 'none' && <PracticeMark large />}
            {practice === 'all' && `${t('Made-up prices.')} `}
            <span className="figures">
              {formatCount(quotes.length)} {quotes.length === 1 ? t('price') : t('prices')}
            </span>
          </>
        }
      />
      <div className="flex min-h-0 flex-1 flex-col gap-3 overflow-y-auto px-5 pb-5">
        <MarketOverview quotes={quotes} />
        <div className="flex shrink-0 gap-3 max-[1280px]:flex-col">
          <WatchList
            quotes={quotes}
            selectedKey={selected === null ? null : quoteKey(selected)}
            className="h-[max(25rem,45vh)] w-[38rem] shrink-0 min-[1800px]:w-[44rem] max-[1280px]:h-60 max-[1280px]:w-full"
          />
          {selected === null ? (
            <Panel className="h-[max(25rem,45vh)] min-w-0 flex-1 max-[1280px]:flex-none">
              <EmptyState className="h-full" title={t('Waiting for prices')}>
                {t('The chart is drawn from prices as they come in.')}
              </EmptyState>
            </Panel>
          ) : (
            <PricePanel
              key={quoteKey(selected)}
              quote={selected}
              className="h-[max(25rem,45vh)] min-w-0 flex-1 max-[1280px]:flex-none"
            />
          )}
        </div>
        <MarketTabs quote={selected} backendIds={backendIds} />
      </div>
    </div>
  );
}

/** The price that was asked for, else the one that was last looked at, else the first; and it is kept for the next time. */
function useSelected(quotes: readonly Quote[]): Quote | null {
  const itemId = useUi((state) => state.itemId);
  const wanted = itemId ?? keptQuote();
  const found = quotes.find((quote) => quoteKey(quote) === wanted);
  useEffect(() => {
    if (itemId !== null && found !== undefined) keepQuote(itemId);
  }, [itemId, found]);
  return found ?? [...quotes].sort((a, b) => a.id.localeCompare(b.id))[0] ?? null;
}

/** The backends that tell anything about a market; the same set while it holds the same ones. */
function useMarketBackends(): ReadonlySet<string> {
  const names = useQuoteNames();
  const predictions = useSlice('predictions');
  const patterns = useSlice('patterns');
  const futures = useSlice('futures');
  const told = [...names, ...predictions.values(), ...patterns.values(), ...futures.values()];
  const ids = [...new Set(told.map(({ backendId }) => backendId))].join('\n');
  return useMemo(() => new Set(ids === '' ? [] : ids.split('\n')), [ids]);
}

function usePracticeAmong(ids: ReadonlySet<string>): 'all' | 'some' | 'none' {
  const backends = useSlice('backends');
  const practice = [...ids].filter((id) => backends.get(id)?.practice === true).length;
  return practice === 0 ? 'none' : practice === ids.size ? 'all' : 'some';
}

function NothingHere() {
  return (
    <div className="flex h-full flex-col">
      <PlaceHeader title={t('Market')} />
      <EmptyState
        className="flex-1"
        icon={<ChartCandlestick size={28} aria-hidden />}
        title={t('No backend tells prices yet')}
        action={<Button onClick={() => openPlace('settings', 'backends')}>{t('Connect a backend')}</Button>}
      >
        {t(
          'Prices, predictions and patterns of a market hub show here as they come in. A hub repeats nothing: what it sent before it was connected cannot be had.',
        )}
      </EmptyState>
    </div>
  );
}
