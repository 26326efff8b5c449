import { MINUTE_MS } from '#shared/time.ts';

import { ASSETS, QUOTE } from '../market/assets.ts';
import type { MarketTrade } from '../market/market.ts';
import type { Coinruler } from './context.ts';
import { tellAlert } from './context.ts';

/**
 * Alerts that come from the market itself. The reference server knows these types but has no live source for them
 * (sheet, section 5.1); the practice desk has one, so that a person can learn what they look like.
 */
interface MarketWatch {
  /** Looks at the large trades of the last step and at how far prices ran. */
  look(whales: readonly MarketTrade[]): void;
}

export function createMarketWatch(desk: Coinruler): MarketWatch {
  const quietUntilMs = new Map<string, number>();

  /** One alert a kind and asset in a while: a run lasts many seconds. */
  function isFirst(key: string, restMs: number): boolean {
    const nowMs = desk.clock.now();
    if ((quietUntilMs.get(key) ?? 0) > nowMs) return false;
    quietUntilMs.set(key, nowMs + restMs);
    return true;
  }

  return {
    look(whales) {
      for (const whale of whales) {
        if (!isFirst(`whale:${whale.symbol}`, WHALE_REST_MS)) continue;
        const { symbol, side, price, valueUsd } = whale;
        const severity = valueUsd >= CRITICAL_WHALE_USD ? 'critical' : 'high';
        const amount = Number((valueUsd / price).toFixed(6));
        const value = valueUsd.toLocaleString('en-US', {
          minimumFractionDigits: 2,
          maximumFractionDigits: 2,
        });
        tellAlert(desk, 'whale', severity, `Large ${symbol} trade: $${value}`, {
          symbol,
          side,
          amount,
          price,
          value: valueUsd,
        });
      }
      for (const { symbol } of ASSETS) {
        const change = symbol === QUOTE ? null : desk.market.changePct(symbol, WINDOW_MS);
        if (change === null || Math.abs(change) < VOLATILE_PCT || !isFirst(`volatility:${symbol}`, WINDOW_MS))
          continue;
        const severity = Math.abs(change) >= CRITICAL_PCT ? 'critical' : 'high';
        const data = {
          symbol,
          change: Number(change.toFixed(2)),
          windowMinutes: WINDOW_MS / MINUTE_MS,
          price: desk.market.price(symbol),
        };
        tellAlert(desk, 'volatility', severity, `${symbol} moved ${change.toFixed(2)}%`, data);
      }
    },
  };
}

const WHALE_REST_MS = 20_000;
const CRITICAL_WHALE_USD = 12_000_000;
const WINDOW_MS = 5 * MINUTE_MS;
const VOLATILE_PCT = 10;
const CRITICAL_PCT = 19;
