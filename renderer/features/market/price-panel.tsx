import type { ReactNode } from 'react';
import { useMemo, useState } from 'react';

import { isLinkStale } from '#shared/domain/derive.ts';
import { readSymbol } from '#shared/domain/market/market-price.ts';
import type { Quote } from '#shared/domain/market/market.ts';
import { toFloat } from '#shared/money.ts';
import { MINUTE_MS } from '#shared/time.ts';
import { inSentence, t } from '#shared/words.ts';

import { nowMs, useNow } from '../../stores/clock.ts';
import { useEntry, useSlice } from '../../stores/desk.ts';
import { useRequest } from '../../stores/use-request.ts';
import type { Bar } from '../../ui/candle-data.ts';
import { CandleChart } from '../../ui/candle-chart.tsx';
import { BackendTag } from '../../ui/backend-tag.tsx';
import type { ChartLevel, ChartMarker } from '../../ui/chart-look.ts';
import { formatCount, formatPrice, formatQuantity, formatTime } from '../../ui/format.ts';
import { lightOf } from '../../ui/link-light.tsx';
import { humanise } from '../../ui/humanise.ts';
import { Panel } from '../../ui/panel.tsx';
import { EmptyState, ErrorState, Skeleton } from '../../ui/states.tsx';
import { Segmented } from '../../ui/tabs.tsx';
import { toBars } from './bars.ts';
import { SetPriceAlert } from '../price-alerts/set-price-alert.tsx';
import { alertConcerns, toMarks } from './chart-marks.ts';
import { keepFrame, keptFrame } from './kept-choice.ts';
import type { PatternLevels } from './chart-levels.ts';
import { newestLevels, openPrediction } from './chart-levels.ts';
import { isAbout } from './find-quote.ts';
import { QuoteFutures } from './futures-figures.tsx';
import { useTicks } from './quote-history.ts';
import { PRICES_LINK } from './quote-freshness.ts';
import { QuoteAge, QuoteChange, QuotePrice, QuoteSampleMark } from './quote-parts.tsx';
import type { TimeFrame } from './time-frames.ts';
import { candleRange, TIME_FRAMES } from './time-frames.ts';
import { useQuoteStale } from './use-quote-stale.ts';
import { quoteKey } from './watch-list.tsx';

/** One price: now, and as candles with what happened drawn in. */
export function PricePanel({
  quote,
  name,
  className,
}: {
  quote: Quote;
  /** In the place of the symbol, where another can be chosen. */
  name?: ReactNode;
  className?: string;
}) {
  const [frame, setFrame] = useState<TimeFrame>(keptFrame);
  const { backendId, id } = quote;
  const practice = useEntry('backends', backendId)?.practice ?? false;
  const subject = { symbol: id, backendId, practice };
  function choose(next: TimeFrame): void {
    keepFrame(next);
    setFrame(next);
  }
  return (
    <Panel
      className={className ?? ''}
      title={name ?? quote.id}
      actions={
        <span className="flex items-center gap-2">
          <SetPriceAlert subject={subject} />
          <Segmented label={t('Time frame')} value={frame} onChange={choose} options={TIME_FRAMES} />
        </span>
      }
      bodyClassName="flex flex-col"
    >
      <div className="flex shrink-0 flex-wrap items-baseline gap-x-3 gap-y-0.5 px-4 pt-2.5">
        <QuotePrice quote={quote} className="text-xl font-semibold" />
        <QuoteChange quote={quote} className="text-sm" />
        <QuoteSampleMark quote={quote} />
        {quote.volume24h !== null && (
          <span className="figures text-xs text-muted">
            {t('24 h volume {quantity}', { quantity: formatQuantity(quote.volume24h, '1') })}
          </span>
        )}
        <QuoteFutures quote={quote} />
        <span className="ml-auto flex items-baseline gap-x-3">
          <BackendTag backendId={quote.backendId} />
          <QuoteAge quote={quote} className="text-xs" />
        </span>
      </div>
      <StaleNote quote={quote} />
      <Candles key={`${quoteKey(quote)}/${frame}`} quote={quote} frame={frame} />
    </Panel>
  );
}

/** Why the price is not the price of now, in words. */
function StaleNote({ quote }: { quote: Quote }) {
  return useQuoteStale(quote) ? <StaleWords quote={quote} /> : null;
}

function StaleWords({ quote }: { quote: Quote }) {
  const links = useSlice('links');
  const name = useEntry('backends', quote.backendId)?.name ?? quote.backendId;
  const now = useNow(5_000);
  const own = [...links.values()].filter(
    ({ backendId, linkId }) => backendId === quote.backendId && linkId === PRICES_LINK,
  );
  const worst = own.find((link) => isLinkStale(link, now));
  return (
    <p role="status" className="mx-4 mt-1.5 rounded-md bg-warn-soft px-2.5 py-1.5 text-xs text-warn">
      {worst === undefined
        ? t(
            'This is the last price that {name} sent. It repeats nothing, so it counts as stale until a new one comes.',
            { name },
          )
        : t('This is the last price that {name} sent. {words}', { name, words: lightOf(worst, now).words })}
    </p>
  );
}

function Candles({ quote, frame }: { quote: Quote; frame: TimeFrame }) {
  const bucketMs = bucketOf(frame);
  const words = wordsOf(frame);
  const minute = Math.floor(useNow(MINUTE_MS) / MINUTE_MS);
  const asked = useRequest(
    'market.candles',
    {
      backendId: quote.backendId,
      symbol: quote.id,
      bucketMs,
      ...candleRange(minute * MINUTE_MS, bucketMs),
    },
    minute,
  );
  const stale = useQuoteStale(quote);
  const practice = useEntry('backends', quote.backendId)?.practice ?? false;
  const ticks = useTicks(quoteKey(quote));
  const bars = useBars(asked.value, ticks, bucketMs);
  const fromMs = bars[0]?.atMs ?? null;
  const markers = useMarks(quote, fromMs, bucketMs);
  const drawn = useLevels(quote, fromMs);
  const lines = useAlertLines(quote);
  const predicted = usePredicted(quote, minute);
  const levels = useMemo(
    () => [...(drawn?.levels ?? []), ...(predicted === null ? [] : [predicted]), ...lines],
    [drawn, predicted, lines],
  );

  if (asked.value === null && asked.loading) return <Skeleton className="m-4 min-h-56 flex-1" />;
  if (bars.length === 0) {
    return asked.trouble === null ? (
      <EmptyState className="flex-1" title={t('Waiting for prices')}>
        {t('Candles are made from prices as they come in; this backend keeps no history to begin with.')}
      </EmptyState>
    ) : (
      <ErrorState
        className="flex-1"
        title={t('The candles could not be read')}
        message={asked.trouble}
        onRetry={asked.reload}
      />
    );
  }
  return (
    <>
      <CandleChart
        title={candlesTitle(quote.id, words)}
        legend={CANDLE_LEGEND}
        practice={practice}
        label={candlesInWords(
          quote.id,
          words,
          barsInWords(bars),
          marksInWords(markers),
          drawn === null ? null : levelsInWords(drawn),
        )}
        bars={bars}
        bucketMs={bucketMs}
        markers={markers}
        levels={levels}
        stale={stale}
        formatValue={writePrice}
        className="mt-1 min-h-56 w-full flex-1"
      />
      <p className="shrink-0 px-4 pb-2.5 text-2xs text-faint">
        {sinceWords(bars, asked.value)} {asked.trouble !== null && `${olderTrouble(asked.trouble)} `}
        {markers.length > 0 && `${capital(marksInWords(markers))}. `}
        {drawn !== null && `${capital(levelsInWords(drawn))}.`}
      </p>
    </>
  );
}

const useBars = (
  candles: Parameters<typeof toBars>[0] | null,
  ticks: Parameters<typeof toBars>[1],
  bucketMs: number,
): Bar[] => useMemo(() => toBars(candles ?? [], ticks, bucketMs), [candles, ticks, bucketMs]);

const bucketOf = (frame: TimeFrame): number =>
  TIME_FRAMES.find(({ value }) => value === frame)?.bucketMs ?? MINUTE_MS;
const wordsOf = (frame: TimeFrame): string =>
  TIME_FRAMES.find(({ value }) => value === frame)?.words ?? frame;

/** What is drawn on the candles of a quote: only what its own backend told, so that nothing shows twice. */
function useMarks(quote: Quote, fromMs: number | null, bucketMs: number): readonly ChartMarker[] {
  const trades = useSlice('trades');
  const alerts = useSlice('alerts');
  const patterns = useSlice('patterns');
  const predictions = useSlice('predictions');
  const { backendId, id, asset } = quote;
  return useMemo(() => {
    if (fromMs === null) return [];
    const own = <T extends { backendId: string }>(all: Iterable<T>): T[] =>
      [...all].filter((one) => one.backendId === backendId);
    return toMarks(
      {
        trades: own(trades.values()).filter(({ instrument }) => isAbout(instrument, { id, asset })),
        alerts: own(alerts.values()).filter((alert) => alertConcerns(alert, asset)),
        patterns: own(patterns.values()).filter(({ symbol }) => isAbout(symbol, { id, asset })),
        predictions: own(predictions.values()).filter(({ symbol }) => isAbout(symbol, { id, asset })),
      },
      fromMs,
      bucketMs,
    );
  }, [trades, alerts, patterns, predictions, backendId, id, asset, fromMs, bucketMs]);
}

/** The lines of the newest pattern that its own backend saw in the price. */
function useLevels({ backendId, id, asset }: Quote, fromMs: number | null): PatternLevels | null {
  const patterns = useSlice('patterns');
  return useMemo(() => {
    if (fromMs === null) return null;
    const own = [...patterns.values()].filter(
      (pattern) => pattern.backendId === backendId && isAbout(pattern.symbol, { id, asset }),
    );
    return newestLevels(own, fromMs);
  }, [patterns, backendId, id, asset, fromMs]);
}

/** The price that its own backend predicts for now; looked at again each minute, since its time runs out by itself. */
function usePredicted({ backendId, id, asset }: Quote, minute: number): ChartLevel | null {
  const predictions = useSlice('predictions');
  return useMemo(() => {
    const own = [...predictions.values()].filter(
      (one) => one.backendId === backendId && isAbout(one.symbol, { id, asset }),
    );
    return openPrediction(own, minute * MINUTE_MS);
  }, [predictions, backendId, id, asset, minute]);
}

/** The lines that the person waits for on this price. */
function useAlertLines({ backendId, id }: Quote): readonly ChartLevel[] {
  const alerts = useSlice('priceAlerts');
  const practice = useEntry('backends', backendId)?.practice ?? false;
  return useMemo(
    () =>
      [...alerts.values()].flatMap((alert): ChartLevel[] => {
        const isOfAny = alert.backendId === null && readSymbol(alert.symbol)?.asset === readSymbol(id)?.asset;
        const isHere = (alert.backendId === backendId && alert.symbol === id) || isOfAny;
        if (!isHere || !alert.on || alert.practice !== practice || alert.condition.kind === 'change')
          return [];
        return [{ price: toFloat(alert.condition.price), text: t('Alert'), tone: 'accent' }];
      }),
    [alerts, backendId, id, practice],
  );
}

const CANDLE_LEGEND = [
  { name: t('Buy'), tone: 'gain', shape: 'up' },
  { name: t('Sell'), tone: 'loss', shape: 'down' },
  { name: t('Alert'), tone: 'warn', shape: 'square' },
  { name: t('Pattern'), tone: 'accent', shape: 'dot' },
  { name: t('Prediction'), tone: 'muted', shape: 'dot' },
] as const;

const levelsInWords = ({ pattern, levels }: PatternLevels): string =>
  t('levels of {name} ({time}): {list}', {
    name: humanise(pattern.name),
    time: formatTime(pattern.receivedAtMs, nowMs()),
    list: levels.map(({ text, price }) => `${inSentence(text)} ${writePrice(price)}`).join(', '),
  });

function sinceWords(bars: readonly Bar[], candles: readonly { ticks: number }[] | null): string {
  const first = bars[0];
  if (first === undefined) return '';
  const prices = (candles ?? []).reduce((count, { ticks }) => count + ticks, 0);
  const made =
    prices === 0
      ? t('Made from what was received')
      : t('Made from {count} {prices, plural, one {price} other {prices}} received', {
          count: formatCount(prices),
          prices,
        });
  return t('{made} since {time}; times without prices are left empty.', {
    made,
    time: formatTime(first.atMs, nowMs()),
  });
}

const olderTrouble = (trouble: string): string => t('Older ones could not be read: {trouble}', { trouble });
const candlesTitle = (id: string, words: string): string => t('{id}, candles of {words}', { id, words });

function candlesInWords(
  id: string,
  words: string,
  bars: string,
  markers: string,
  levels: string | null,
): string {
  const values = { words, id, bars, markers };
  return levels === null
    ? t('Candles of {words} for {id}, {bars}, {markers}', values)
    : t('Candles of {words} for {id}, {bars}, {markers}, {levels}', { ...values, levels });
}

function barsInWords(bars: readonly Bar[]): string {
  const last = bars.at(-1);
  return last === undefined
    ? t('none yet')
    : t('{count} of them, the last at {close}', {
        count: formatCount(bars.length),
        close: writePrice(last.close),
      });
}

const marksInWords = (markers: readonly ChartMarker[]): string =>
  markers.length === 0
    ? t('no marks')
    : t('{count} {count2, plural, one {mark} other {marks}} for trades, alerts, patterns and predictions', {
        count: formatCount(markers.length),
        count2: markers.length,
      });

const capital = (text: string): string => `${text[0]?.toUpperCase() ?? ''}${text.slice(1)}`;
const writePrice = (value: number): string => formatPrice(String(Number(value.toPrecision(12))));
