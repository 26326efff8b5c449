import { useEffect, useMemo, useState } from 'react';

import { entryKey } from '#shared/domain/desk.ts';
import type { Candle, Prediction } from '#shared/domain/market/market.ts';
import { dueAtMs, scorePrediction } from '#shared/domain/market/score.ts';
import { MINUTE_MS } from '#shared/time.ts';

import { request } from '../../bridge.ts';
import { useNow } from '../../stores/clock.ts';
import type { QuoteName } from './find-quote.ts';
import { findQuote } from './find-quote.ts';

export type Outcome = ReturnType<typeof scorePrediction>;

/**
 * How each prediction turned out so far, by `backendId/id`. The prices come from the journal's minute candles, asked for
 * once a symbol and again every half minute while predictions are shown.
 */
export function useOutcomes(
  predictions: readonly Prediction[],
  quotes: readonly QuoteName[],
): ReadonlyMap<string, Outcome> {
  const nowMs = useNow(MINUTE_MS / 2);
  const wanted = useMemo(() => JSON.stringify(stretches(predictions, quotes)), [predictions, quotes]);
  const [candles, setCandles] = useState<ReadonlyMap<string, readonly Candle[]>>(new Map());

  useEffect(() => {
    let awaited = true;
    const asked = (JSON.parse(wanted) as Stretch[]).map(async (stretch) => {
      const { backendId, symbol, fromMs, toMs } = stretch;
      const answer = await request('market.candles', {
        backendId,
        symbol,
        fromMs,
        toMs,
        bucketMs: MINUTE_MS,
      });
      return [entryKey(backendId, symbol), answer] as const;
    });
    void Promise.allSettled(asked).then((answers) => {
      if (!awaited) return;
      setCandles(new Map(answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []))));
    });
    return () => {
      awaited = false;
    };
  }, [wanted, nowMs]);

  return useMemo(
    () =>
      new Map(
        predictions.map((prediction) => {
          const quote = findQuote(quotes, prediction);
          const known = quote === null ? undefined : candles.get(entryKey(quote.backendId, quote.id));
          return [
            entryKey(prediction.backendId, prediction.id),
            scorePrediction(prediction, { candles: known ?? [], nowMs }),
          ];
        }),
      ),
    [predictions, quotes, candles, nowMs],
  );
}

interface Stretch {
  backendId: string;
  symbol: string;
  fromMs: number;
  toMs: number;
}

/** For each symbol the time from its first prediction to the end of its last, in whole hours so that the question stays. */
function stretches(predictions: readonly Prediction[], quotes: readonly QuoteName[]): Stretch[] {
  const byQuote = new Map<string, Stretch>();
  for (const prediction of predictions) {
    const quote = findQuote(quotes, prediction);
    const dueMs = dueAtMs(prediction);
    if (quote === null || dueMs === null) continue;
    const key = entryKey(quote.backendId, quote.id);
    const before = byQuote.get(key);
    byQuote.set(key, {
      backendId: quote.backendId,
      symbol: quote.id,
      fromMs: Math.min(before?.fromMs ?? Infinity, hourBefore(prediction.receivedAtMs)),
      toMs: Math.max(before?.toMs ?? 0, hourBefore(dueMs) + 2 * 60 * MINUTE_MS),
    });
  }
  return [...byQuote.values()];
}

const hourBefore = (atMs: number): number => Math.floor(atMs / (60 * MINUTE_MS)) * 60 * MINUTE_MS;
