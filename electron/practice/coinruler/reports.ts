import { isMembers } from '#shared/json.ts';
import { DAY_MS } from '#shared/time.ts';

import { deviation } from './analysis.ts';
import type { Coinruler } from './context.ts';
import { bound, newId, nowIso } from './context.ts';
import type { AnyDocument } from './documents.ts';
import { numbersOf, textOf } from './documents.ts';

export function dailyReports(desk: Coinruler): Record<string, unknown> {
  const grouped = new Map<string, AnyDocument[]>();
  for (const report of desk.state.reports.toReversed().slice(0, 50)) {
    const day = textOf(report.createdAt, report.timestamp, nowIso(desk)).slice(0, 10);
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

function learningAt(desk: Coinruler, nowMs: number): Record<string, unknown> {
  const rows = desk.state.snapshots.filter((one) => {
    const atMs = Date.parse(one.timestamp);
    return atMs >= nowMs - DAY_MS && atMs <= nowMs;
  });
  const totals = rows.map((row) => Number(row._totalUSD ?? 0));
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
  const profitRealized = trades.reduce((sum, one) => sum + Number(one.estimatedNetUSD ?? 0), 0);
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
  const before = numbersOf(isMembers(from) ? from._prices : {});
  const after = numbersOf(isMembers(to) ? to._prices : {});
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

const REPORTS_KEPT = 120;
