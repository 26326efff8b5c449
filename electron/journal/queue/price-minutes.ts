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
  /** By backend and symbol, so that no key is put together for each price. A symbol has one candle, two where a minute ends. */
  const waiting = new Map<string, Map<string, MinuteCandle[]>>();
  let count = 0;

  function candlesOf(backendId: string, symbol: string): MinuteCandle[] {
    const symbols = waiting.get(backendId) ?? new Map<string, MinuteCandle[]>();
    if (symbols.size === 0) waiting.set(backendId, symbols);
    const candles = symbols.get(symbol) ?? [];
    if (candles.length === 0) symbols.set(symbol, candles);
    return candles;
  }

  return {
    add({ backendId, symbol, atMs, price }) {
      const minuteMs = atMs - (atMs % MINUTE_MS);
      const candles = candlesOf(backendId, symbol);
      const known = candles.find((candle) => candle.atMs === minuteMs);
      if (known === undefined) {
        const tick = { atMs: minuteMs, open: price, high: price, low: price, close: price, ticks: 1 };
        candles.push({ backendId, symbol, ...tick });
        count += 1;
      } else {
        if (compare(price, known.high) > 0) known.high = price;
        else if (compare(price, known.low) < 0) known.low = price;
        known.close = price;
        known.ticks += 1;
      }
      return count >= MOST_WAITING;
    },
    take() {
      const taken = [...waiting.values()].flatMap((symbols) => [...symbols.values()].flat());
      waiting.clear();
      count = 0;
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
