import { DAY_MS } from '#shared/time.ts';

import { QUOTE } from '../market/assets.ts';
import type { Answer } from './answer.ts';
import { failure, json } from './answer.ts';
import type { Coinruler } from './context.ts';
import { nowIso } from './context.ts';
import { balancesOf, pricesOf } from './documents.ts';
import { simulate } from './monte-carlo.ts';
import { latestSnapshot } from './portfolio.ts';

/** Values where quantities belong: the figures are wildly inflated on the real server too (sheet, section 4.5). */
export function projection(desk: Coinruler): Record<string, unknown> {
  const latest = latestSnapshot(desk);
  const balances = latest === undefined ? {} : balancesOf(latest);
  const prices = latest === undefined ? {} : pricesOf(latest);
  const values = Object.fromEntries(
    Object.entries(balances).map(([coin, quantity]) => [coin, quantity * (prices[coin] ?? 0)]),
  );
  const monteCarlo = simulate(values, 1_000, 30, desk.random);
  const known = (balances.BTC ? 0.4 : 0) + (balances[QUOTE] ? 0.3 : 0) + (balances.XRP ? 0.2 : 0);
  return {
    monteCarlo,
    confidence: Math.min(0.95, 0.1 + known),
    summary: {
      mean: monteCarlo.mean,
      median: monteCarlo.median,
      p5: monteCarlo.percentile_5,
      p95: monteCarlo.percentile_95,
      samples: monteCarlo.outcomes.length,
    },
    timestamp: nowIso(desk),
  };
}

/** Moving averages over snapshots, not days, as on the real server. */
export function priceAnalysis(
  desk: Coinruler,
  coinList: string | null,
  dayText: string | null,
): Record<string, unknown> {
  const coins = (coinList || 'BTC,XRP,USDC')
    .split(',')
    .map((coin) => coin.trim().toUpperCase())
    .filter(Boolean);
  const days = Math.max(7, Math.min(60, Number(dayText || '60')));
  const nowMs = desk.clock.now();
  const rows = desk.state.snapshots.filter((one) => Date.parse(one.timestamp) >= nowMs - days * DAY_MS);
  const found: Record<string, unknown> = {};
  for (const coin of coins) {
    const points = rows.flatMap((row) => {
      const price = pricesOf(row)[coin];
      return price !== undefined && price > 0 ? [{ atMs: Date.parse(row.timestamp), price }] : [];
    });
    const last = points.at(-1)?.price;
    if (last === undefined) continue;
    const prices = points.map((point) => point.price);
    const dayAgo = points.findLast((point) => point.atMs <= nowMs - DAY_MS)?.price;
    found[coin] = {
      last,
      sma7: average(prices, 7),
      sma30: average(prices, 30),
      return24hPct: dayAgo === undefined ? null : ((last - dayAgo) / dayAgo) * 100,
      volatility7d: deviation(prices, 7),
      points: points.length,
    };
  }
  return { generatedAt: nowIso(desk), coins: found };
}

function average(values: readonly number[], window: number): number | null {
  if (values.length < window) return null;
  return values.slice(-window).reduce((sum, value) => sum + value, 0) / window;
}

export function deviation(values: readonly number[], steps: number): number | null {
  if (values.length < steps + 1) return null;
  const tail = values.slice(-steps - 1);
  const returns = tail.slice(1).map((value, index) => value / (tail[index] ?? value) - 1);
  const mean = returns.reduce((sum, value) => sum + value, 0) / returns.length;
  return Math.sqrt(returns.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (returns.length - 1 || 1));
}

export function predictions(desk: Coinruler, symbol: string): Answer {
  const latest = latestSnapshot(desk);
  const currentPrice = latest === undefined ? undefined : pricesOf(latest)[symbol];
  if (!currentPrice) return failure(404, `No price data for ${symbol}`);
  const recent = desk.state.snapshots.slice(-5).flatMap((one) => pricesOf(one)[symbol] ?? []);
  const mean =
    recent.length > 0 ? recent.reduce((sum, value) => sum + value, 0) / recent.length : currentPrice;
  return json({
    symbol,
    currentPrice,
    predictions: {
      '1h': mean * 1.001,
      '4h': mean * 1.002,
      '1d': mean * 1.005,
      '3d': mean * 1.01,
      '1w': mean * 1.02,
      confidence: 0.5,
      method: 'simple_moving_average',
      note: 'Full LSTM/ARIMA models pending implementation',
    },
    generatedAt: nowIso(desk),
  });
}
