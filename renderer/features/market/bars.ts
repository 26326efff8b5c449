import type { Candle } from '#shared/domain/market/market.ts';
import { toFloat } from '#shared/money.ts';

import type { Bar } from '../../ui/candle-data.ts';
import type { Tick } from './quote-history.ts';

/**
 * The journal's candles with what came since drawn in. Up to its last candle the journal is complete; that one and later
 * ones grow with the ticks of this window. A tick that is in a candle already changes nothing, so none counts twice.
 */
export function toBars(candles: readonly Candle[], ticks: readonly Tick[], bucketMs: number): Bar[] {
  const bars = candles.map(({ atMs, open, high, low, close }) => ({
    atMs,
    open: toFloat(open),
    high: toFloat(high),
    low: toFloat(low),
    close: toFloat(close),
  }));
  for (const { atMs, price } of ticks) {
    const bucketAtMs = Math.floor(atMs / bucketMs) * bucketMs;
    const last = bars.at(-1);
    if (last === undefined || bucketAtMs > last.atMs) {
      bars.push({ atMs: bucketAtMs, open: price, high: price, low: price, close: price });
    } else if (bucketAtMs === last.atMs) {
      last.high = Math.max(last.high, price);
      last.low = Math.min(last.low, price);
      last.close = price;
    }
  }
  return bars;
}
