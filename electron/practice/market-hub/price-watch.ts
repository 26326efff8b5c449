import { MINUTE_MS } from '#shared/time.ts';

import type { Clock } from '../../lib/clock.ts';
import type { Market } from '../market/market.ts';

interface PriceAlert {
  severity: 'info' | 'warning';
  message: string;
}

/**
 * Alerts of the hub's own, about prices that ran. Those of the practice CoinRuler are not repeated here: a person who has both
 * would be told everything twice.
 */
export function createPriceWatch(
  market: Market,
  clock: Clock,
): (symbol: string, pair: string) => PriceAlert | null {
  const quietUntilMs = new Map<string, number>();
  return (symbol, pair) => {
    const change = market.changePct(symbol, WINDOW_MS);
    if (change === null || Math.abs(change) < NOTABLE_PCT) return null;
    const severity = Math.abs(change) >= LARGE_PCT ? 'warning' : 'info';
    const key = `${pair}:${severity}`;
    const nowMs = clock.now();
    if ((quietUntilMs.get(key) ?? 0) > nowMs) return null;
    // A large move that is half taken back is no news of a notable one.
    for (const told of [key, `${pair}:info`]) quietUntilMs.set(told, nowMs + REST_MS);
    const words = `${change > 0 ? '+' : ''}${change.toFixed(1)}% in ${WINDOW_MS / MINUTE_MS} minutes`;
    return { severity, message: `${pair} ${words}` };
  };
}

const WINDOW_MS = 5 * MINUTE_MS;
const REST_MS = 10 * MINUTE_MS;
const NOTABLE_PCT = 4;
const LARGE_PCT = 8;
