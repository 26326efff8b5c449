import { DAY_MS } from '#shared/time.ts';

import { FEE_RATE, valueUsd } from '../account.ts';
import { QUOTE } from '../market/assets.ts';
import type { Answer } from './answer.ts';
import { failure, json } from './answer.ts';
import { insertApproval } from './approvals.ts';
import type { Coinruler } from './context.ts';
import { bound, newId, nowIso, tellAlert } from './context.ts';
import type { AnyDocument } from './documents.ts';
import { balancesOf, isRecord, numbersOf, pricesOf } from './documents.ts';
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
  const known = (balances['BTC'] ? 0.4 : 0) + (balances[QUOTE] ? 0.3 : 0) + (balances['XRP'] ? 0.2 : 0);
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

function deviation(values: readonly number[], steps: number): number | null {
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

interface Opportunity {
  asset: string;
  currentPrice: number;
  entryPrice: number;
  gainPct: number;
  totalHoldings: number;
  baseline: number;
  aboveBaseline: number;
  recommendedSellQty: number;
  estimatedGrossUSD: number;
  estimatedFeesUSD: number;
  estimatedNetUSD: number;
  reEntryPrice: number;
  rationale: string;
  confidence: number;
}

/** Holdings above their baseline that gained more than 5 % since they were bought. */
export function profitOpportunities(desk: Coinruler): Opportunity[] {
  const found: Opportunity[] = [];
  for (const [asset, totalHoldings] of Object.entries(desk.account.balances())) {
    const entryPrice = desk.account.costBasis(asset);
    const currentPrice = desk.market.price(asset);
    const baseline = Number(desk.state.baselines[asset]?.['baseline'] ?? 0);
    const aboveBaseline = Math.max(0, totalHoldings - baseline);
    if (asset === QUOTE || entryPrice === null || entryPrice <= 0 || aboveBaseline <= 0) continue;
    const gainPct = (currentPrice / entryPrice - 1) * 100;
    if (gainPct < 5) continue;
    const recommendedSellQty = aboveBaseline * 0.25;
    const estimatedGrossUSD = recommendedSellQty * currentPrice;
    const estimatedFeesUSD = estimatedGrossUSD * FEE_RATE;
    const estimatedNetUSD = estimatedGrossUSD - estimatedFeesUSD;
    const reEntryPrice = currentPrice * 0.97;
    found.push({
      asset,
      currentPrice,
      entryPrice,
      gainPct,
      totalHoldings,
      baseline,
      aboveBaseline,
      recommendedSellQty,
      estimatedGrossUSD,
      estimatedFeesUSD,
      estimatedNetUSD,
      reEntryPrice,
      rationale: `${asset} gained ${gainPct.toFixed(1)}% since it was bought at $${entryPrice.toFixed(2)}. Of ${totalHoldings.toFixed(4)} held, ${aboveBaseline.toFixed(4)} stand above the baseline; a quarter of them brings about $${estimatedNetUSD.toFixed(2)} after $${estimatedFeesUSD.toFixed(2)} of fees. It would be bought back below $${reEntryPrice.toFixed(2)}.`,
      confidence: Math.min(0.95, 0.5 + (gainPct > 10 ? 0.2 : 0) + (gainPct > 20 ? 0.2 : 0) + 0.1),
    });
  }
  return found.sort((a, b) => b.estimatedNetUSD - a.estimatedNetUSD);
}

/** Proposes without `approval:created`: a client learns of these only by reading again (sheet, section 4.5). */
export function scanProfits(desk: Coinruler): Answer {
  return desk.unit.commit(() => {
    let approvalsCreated = 0;
    for (const one of profitOpportunities(desk)) {
      const pending = desk.state.approvals.some((approval) => {
        const metadata = approval['metadata'];
        return (
          approval.status === 'pending' &&
          approval['coin'] === one.asset &&
          isRecord(metadata) &&
          metadata['profitTaking']
        );
      });
      if (pending) continue;
      insertApproval(desk, profitApproval(one));
      approvalsCreated += 1;
    }
    tellAlert(
      desk,
      'profit_taking',
      'info',
      `Profit-taking scan complete: ${approvalsCreated} approvals created`,
    );
    return json({ ok: true, approvalsCreated });
  });
}

function profitApproval(one: Opportunity): Record<string, unknown> {
  const { asset, recommendedSellQty, rationale, totalHoldings, gainPct, estimatedNetUSD, ...rest } = one;
  const action = { type: 'exit', symbol: asset, allocationPct: recommendedSellQty / totalHoldings };
  return {
    type: 'sell',
    coin: asset,
    amount: recommendedSellQty,
    title: `Profit-Taking: Sell ${recommendedSellQty.toFixed(4)} ${asset}`,
    summary: `Realize $${estimatedNetUSD.toFixed(2)} profit (${gainPct.toFixed(1)}% gain)`,
    rationale,
    reason: `Profit-taking above baseline with ${gainPct.toFixed(1)}% gain. Net after fees: $${estimatedNetUSD.toFixed(2)}.`,
    metadata: { profitTaking: true, gainPct, estimatedNetUSD, ...rest, intent: { action } },
  };
}

/** The real limit is not validated either: what is no number lets everything through. */
export const limitOf = (text: string | null, fallback: number): number => {
  const limit = Math.min(100, Math.max(1, Number(text || fallback)));
  return Number.isNaN(limit) ? Number.POSITIVE_INFINITY : limit;
};

export function recentProfits(desk: Coinruler, limit: number): Record<string, unknown> {
  const items = desk.state.executions
    .filter((one) => one['type'] === 'profit-taking')
    .toReversed()
    .slice(0, limit);
  const byAsset: Record<string, { count: number; netUSD: number }> = {};
  for (const one of items) {
    const entry = (byAsset[String(one['symbol'])] ??= { count: 0, netUSD: 0 });
    entry.count += 1;
    entry.netUSD += Number(one['estimatedNetUSD'] ?? 0);
  }
  const totalNetUSD = items.reduce((sum, one) => sum + Number(one['estimatedNetUSD'] ?? 0), 0);
  return { count: items.length, totalNetUSD, byAsset, items, usdcYield: usdcYield(desk) };
}

function usdcYield(desk: Coinruler): Record<string, unknown> {
  const { principal, createdAt } = desk.state.usdcYield;
  const days = (desk.clock.now() - Date.parse(createdAt)) / DAY_MS;
  return { principal, apy: USDC_APY, accrued: principal * USDC_APY * (days / 365), updatedAt: nowIso(desk) };
}

export function dailyReports(desk: Coinruler): Record<string, unknown> {
  const grouped = new Map<string, AnyDocument[]>();
  for (const report of desk.state.reports.toReversed().slice(0, 50)) {
    const day = String(report['createdAt'] ?? report['timestamp'] ?? nowIso(desk)).slice(0, 10);
    grouped.set(day, [...(grouped.get(day) ?? []), report]);
  }
  const days = [...grouped].slice(0, 7);
  return { days: days.map(([day, items]) => ({ day, count: items.length, samples: items.slice(0, 3) })) };
}

/** Writes a report each time it is read (sheet, section 4.5). Totals come from `_totalUSD`, so that a forced one breaks them. */
export function dailyLearning(desk: Coinruler): Record<string, unknown> {
  const report = learningAt(desk, desk.clock.now());
  desk.unit.commit(() => {
    desk.state.reports.push({ type: 'daily_learning', ...report, _id: newId(desk) });
    bound(desk.state.reports, REPORTS_KEPT);
  });
  return report;
}

export function learningAt(desk: Coinruler, nowMs: number): Record<string, unknown> {
  const rows = desk.state.snapshots.filter((one) => {
    const atMs = Date.parse(one.timestamp);
    return atMs >= nowMs - DAY_MS && atMs <= nowMs;
  });
  const totals = rows.map((row) => Number(row['_totalUSD'] ?? 0));
  const startValue = totals[0] ?? 0;
  const totalValueUSD = totals.at(-1) ?? 0;
  const change24h = totalValueUSD - startValue;
  const changePct = startValue > 0 ? (change24h / startValue) * 100 : 0;
  const volatility =
    (deviation(
      totals.filter((total) => total > 0),
      totals.length - 1,
    ) ?? 0) * 100;
  const moves = performers(rows.at(0), rows.at(-1));
  const best = moves[0] ?? { asset: 'N/A', changePct: 0 };
  const worst = moves.at(-1) ?? best;
  const trades = desk.state.executions.filter((one) => {
    const atMs = Date.parse(one.executedAt);
    return atMs >= nowMs - DAY_MS && atMs <= nowMs;
  });
  const profitRealized = trades.reduce((sum, one) => sum + Number(one['estimatedNetUSD'] ?? 0), 0);
  return {
    date: new Date(nowMs).toISOString().slice(0, 10),
    summary: {
      portfolioChange: `${changePct >= 0 ? '+' : ''}${changePct.toFixed(2)}% ($${change24h >= 0 ? '+' : ''}${change24h.toFixed(2)})`,
      bestPerformer: `${best.asset} (+${best.changePct.toFixed(2)}%)`,
      worstPerformer: `${worst.asset} (${worst.changePct.toFixed(2)}%)`,
      tradesExecuted: trades.length,
      profitRealized,
      lessonsLearned: [
        trades.length === 0
          ? 'No trades executed. Waiting for favorable market conditions.'
          : `Executed ${trades.length} trades, realizing $${profitRealized.toFixed(2)} profit.`,
        `${best.asset} led the day with ${best.changePct.toFixed(2)}%.`,
      ],
      recommendations:
        volatility > 1 ? ['Smaller orders while the market is restless.'] : ['Review the approval queue.'],
    },
    metrics: {
      totalValueUSD,
      change24h,
      volatility,
      sharpeRatio: volatility > 0 ? changePct / volatility : 0,
    },
    thresholdOptimizations:
      volatility < 3
        ? [
            {
              rule: 'profit_taking_threshold',
              oldThreshold: 5,
              newThreshold: 3,
              reason: `Low volatility (${volatility.toFixed(1)}%) allows smaller and more frequent profit-taking`,
            },
          ]
        : [],
    timestamp: new Date(nowMs).toISOString(),
  };
}

function performers(
  from: object | undefined,
  to: object | undefined,
): { asset: string; changePct: number }[] {
  const before = numbersOf(isRecord(from) ? from['_prices'] : {});
  const after = numbersOf(isRecord(to) ? to['_prices'] : {});
  return Object.entries(after)
    .flatMap(([asset, price]) => {
      const past = before[asset];
      return past !== undefined && past > 0 ? [{ asset, changePct: (price / past - 1) * 100 }] : [];
    })
    .sort((a, b) => b.changePct - a.changePct);
}

/** A mood between fear (0) and greed (100), from the day's change of the market. */
export function sentimentNow(desk: Coinruler): AnyDocument {
  const change = desk.market.changePct('BTC', DAY_MS - 60_000) ?? 0;
  const value = Math.round(Math.min(95, Math.max(5, 50 + change * 5)));
  return {
    source: 'feargreedmeter',
    value,
    raw: `practice market: BTC ${change.toFixed(2)}% in a day`,
    fetchedAt: nowIso(desk),
    _id: newId(desk),
  };
}

export const totalNow = (desk: Coinruler): number => valueUsd(desk.account.balances(), desk.market.prices());

const USDC_APY = 0.05;
const REPORTS_KEPT = 120;
