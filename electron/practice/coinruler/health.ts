import { isMembers } from '#shared/json.ts';
import { DAY_MS } from '#shared/time.ts';

import type { Coinruler } from './context.ts';
import { nowIso } from './context.ts';
import { tellCollateral } from './portfolio.ts';

/** Tells a collateral alert each time, and looks for the kill switch where it is not kept (sheet, section 4.9). */
export function fullHealth(desk: Coinruler, sseClients: number): Record<string, unknown> {
  const prices = desk.market.prices();
  const nowMs = desk.clock.now();
  tellCollateral(desk);
  return {
    time: nowIso(desk),
    dbConnected: true,
    sseClients,
    lastRuleExecutions: Object.keys(desk.state.lastRuleRuns).length,
    dryRun: false,
    ownerProtection: true,
    mongodb: 'ok',
    counts: {
      approvals: desk.state.approvals.filter((one) => one.status === 'pending').length,
      rules: desk.state.rules.filter((one) => one.enabled).length,
      snapshots: desk.state.snapshots.length,
      alerts24h: desk.state.alertTimes.filter((atMs) => nowMs - atMs < DAY_MS).length,
    },
    killSwitch: { enabled: false },
    coinbase: {
      status: 'connected',
      apiKeyConfigured: true,
      balances: desk.account.balances(),
      prices,
      totalValueUSD: desk.account.totalUsd(prices).toFixed(2),
      collateral: [{ currency: 'BTC', locked: desk.account.btcLocked(), ltv: desk.account.ltv(prices) }],
    },
  };
}

export const environment = (activePort: number): Record<string, unknown> => ({
  ok: true,
  origins: ['http://localhost:3000', 'https://mycoinruler.xyz'],
  configuredPort: 3001,
  activePort,
  portSource: 'resolved',
  hasMongoUri: true,
  hasOwnerId: true,
  hasCoinbaseKey: false,
  hasCoinbaseSecret: false,
  coinbaseKeyLength: 0,
  autoExecuteEnabled: true,
  snapshotIntervalMinutes: 60,
  rotationSchedulerEnabled: true,
  backtestSchedulerEnabled: true,
  backtestEveryHours: 24,
  backtestLookbackDays: 30,
  backtestAutotuneEnabled: true,
  corsMetrics: { allowed: 0, fallback: 0, fallbackDomains: ['mycoinruler.xyz'] },
});

export function backtestSummary(desk: Coinruler, windowText: string | null): Record<string, unknown> {
  const windowDays = Math.max(1, Number(windowText || '90'));
  const sinceMs = desk.clock.now() - windowDays * DAY_MS;
  const byRule = new Map<
    string,
    { ruleName: string; summaries: Record<string, unknown>[]; lastRanAt: string }
  >();
  for (const run of desk.state.backtests) {
    const ranAt = String(run.ranAt);
    if (!isMembers(run.summary) || Date.parse(ranAt) < sinceMs) continue;
    const ruleId = String(run.ruleId);
    const entry = byRule.get(ruleId) ?? {
      ruleName: String(run.ruleName),
      summaries: [],
      lastRanAt: ranAt,
    };
    entry.summaries.push(run.summary);
    entry.lastRanAt = ranAt > entry.lastRanAt ? ranAt : entry.lastRanAt;
    byRule.set(ruleId, entry);
  }
  const items = [...byRule].map(([ruleId, { ruleName, summaries, lastRanAt }]) => {
    const sum = (name: string): number => summaries.reduce((total, one) => total + Number(one[name] ?? 0), 0);
    const runs = summaries.length;
    return {
      ruleId,
      ruleName,
      runs,
      avgReturnPct: sum('totalReturnPct') / runs,
      avgSharpe: sum('sharpe') / runs,
      avgMaxDrawdown: sum('maxDrawdown') / runs,
      totalTrades: sum('trades'),
      lastRanAt,
    };
  });
  items.sort((a, b) => b.avgReturnPct - a.avgReturnPct);
  return { windowDays, count: items.length, items };
}
