import type { Candle } from '#shared/domain/market/market.ts';
import { compare } from '#shared/money.ts';
import { MINUTE_MS } from '#shared/time.ts';

import type { PriceRecord } from '../port.ts';

/** Candles of one symbol, by the minute. */
export interface MinuteCandle extends Candle {
  backendId: string;
  symbol: string;
}

/** So many candles wait at most; a burst over more symbols is handed on at once. */
const MOST_WAITING = 1_000;

export interface PriceMinutes {
  /** True when there is no room for more, so that it is time to take them. */
  add(price: PriceRecord): boolean;
  /** What was gathered since the last call. */
  take(): MinuteCandle[];
}

/**
 * Gathers prices into the candles of their minutes, so that ten thousand ticks cost the outbox and the file as many
 * records as there are symbols (D7).
 */
export function createPriceMinutes(): PriceMinutes {
  const waiting = new Map<string, MinuteCandle>();
  return {
    add({ backendId, symbol, atMs, price }) {
      const minuteMs = atMs - (atMs % MINUTE_MS);
      const key = `${backendId}/${minuteMs}/${symbol}`;
      const tick = { atMs: minuteMs, open: price, high: price, low: price, close: price, ticks: 1 };
      const known = waiting.get(key);
      waiting.set(key, { backendId, symbol, ...(known === undefined ? tick : joined(known, tick)) });
      return waiting.size >= MOST_WAITING;
    },
    take() {
      const taken = [...waiting.values()];
      waiting.clear();
      return taken;
    },
  };
}

/** Two candles of the same stretch as one; `later` was received after `earlier`. */
export function joined(earlier: Candle, later: Candle): Candle {
  return {
    atMs: earlier.atMs,
    open: earlier.open,
    high: compare(later.high, earlier.high) > 0 ? later.high : earlier.high,
    low: compare(later.low, earlier.low) < 0 ? later.low : earlier.low,
    close: later.close,
    ticks: earlier.ticks + later.ticks,
  };
}
