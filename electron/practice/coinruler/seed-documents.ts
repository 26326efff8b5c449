import { DAY_MS } from '#shared/time.ts';

import { FEE_RATE } from '../account.ts';
import type { Behaviour } from '../bot.ts';
import type { IdMaker } from '../ids.ts';
import type { CoinrulerState, ExecutionDocument, RuleDocument, SnapshotDocument } from './documents.ts';
import type { SeedWorld } from './seed-world.ts';

export function seedRules(ids: IdMaker, atMs: number): RuleDocument[] {
  const rule = (
    name: string,
    behaviour: Behaviour,
    enabled: boolean,
    trigger: object,
    conditions: object[],
    actions: object[],
    risk: object,
  ): RuleDocument => ({
    name,
    enabled,
    trigger,
    conditions,
    actions,
    risk,
    meta: { behaviour, source: 'practice-bot' },
    createdAt: iso(atMs),
    _id: ids.next(atMs),
  });
  const every = (text: string): object => ({ type: 'interval', every: text });
  const guard = ['baselineProtection', 'throttleVelocity', 'collateralProtection'];
  return [
    rule('Rebalance to targets', 'rebalance', true, every('30s'), [{ portfolioExposure: { symbol: 'BTC', gtPct: 0 } }],
      [{ type: 'rebalance', target: { BTC: 40, ETH: 20, SOL: 12, XRP: 5, USDC: 11 } }],
      { maxPositionPct: 45, maxDailyLossPct: 5, guardrails: guard, cooldownSecs: 180 }),
    rule('Momentum', 'momentum', true, { type: 'event', name: 'price:update' }, [{ priceChangePct: { symbol: 'SOL', windowMins: 15, gt: 1.2 } }],
      [{ type: 'enter', symbol: 'SOL', allocationPct: 0.02, orderType: 'market', slippageMaxPct: 1 }],
      { maxPositionPct: 20, maxDailyLossPct: 3, guardrails: guard, cooldownSecs: 180 }),
    rule('Take profit above cost', 'take-profit', true, every('5m'), [{ indicator: 'sma', symbol: 'BTC', period: 30, gt: 0 }],
      [{ type: 'exit', symbol: 'BTC', allocationPct: 0.1, orderType: 'market' }],
      { maxPositionPct: 100, maxDailyLossPct: 5, guardrails: guard, cooldownSecs: 900 }),
    rule('Small trims without asking', 'auto-trim', true, every('2m'), [{ portfolioExposure: { symbol: 'ETH', gtPct: 0 } }],
      [{ type: 'rebalance', target: { ETH: 20 } }],
      { maxPositionPct: 30, maxDailyLossPct: 1, guardrails: guard, cooldownSecs: 120 }),
    rule('Stake idle ether', 'staking', false, every('1h'), [{ indicator: 'volatility', symbol: 'ETH', lt: 0.03 }],
      [{ type: 'enter', symbol: 'ETH', allocationPct: 0.25 }],
      { maxPositionPct: 30, maxDailyLossPct: 1, guardrails: [], cooldownSecs: 3_600 }),
  ]; // prettier-ignore
}

export function seedMetrics(
  rule: RuleDocument,
  { random, ids, nowMs }: SeedWorld,
): CoinrulerState['ruleMetrics'] {
  return Array.from({ length: 6 }, (_, index) => {
    const endMs = nowMs - (5 - index) * DAY_MS;
    const sharpe = Number(random.between(0.4, 1.9).toFixed(3));
    const maxDD = Number(random.between(1, 9).toFixed(2));
    const winRate = Number(random.between(0.42, 0.68).toFixed(3));
    return {
      ruleVersionId: rule._id,
      ruleId: rule._id,
      windowStart: iso(endMs - DAY_MS),
      windowEnd: iso(endMs),
      sharpe,
      maxDD,
      winRate,
      stats: {
        sharpe,
        maxDrawdownPct: maxDD / 100,
        winRate,
        trades: random.whole(2, 9),
        pnl: Number(random.between(-180, 420).toFixed(2)),
      },
      _id: ids.next(endMs),
    };
  });
}

export function seedBacktests(
  rule: RuleDocument,
  { random, ids, nowMs }: SeedWorld,
): CoinrulerState['backtests'] {
  return [4, 3, 2, 1].map((daysAgo) => {
    const ranAtMs = nowMs - daysAgo * DAY_MS;
    return {
      ruleId: rule._id,
      ruleName: rule.name,
      ranAt: iso(ranAtMs),
      lookbackDays: 30,
      config: {
        startDate: iso(ranAtMs - 30 * DAY_MS),
        endDate: iso(ranAtMs),
        initialBalance: { BTC: 1, USDC: 50_000 },
      },
      summary: {
        totalReturnPct: Number(random.between(-3, 7).toFixed(2)),
        sharpe: Number(random.between(0.2, 1.8).toFixed(2)),
        maxDrawdown: Number(random.between(0.02, 0.12).toFixed(4)),
        trades: random.whole(6, 30),
      },
      _id: ids.next(ranAtMs),
    };
  });
}

export function seedReports(
  world: SeedWorld,
  snapshots: SnapshotDocument[],
  executions: ExecutionDocument[],
): CoinrulerState['reports'] {
  return [4, 3, 2, 1].map((daysAgo) => {
    const endMs = world.nowMs - daysAgo * DAY_MS;
    const inDay = (text: string): boolean => Date.parse(text) > endMs - DAY_MS && Date.parse(text) <= endMs;
    const totals = snapshots.filter((one) => inDay(one.timestamp)).map((one) => Number(one._totalUSD));
    const first = totals.at(0) ?? 0;
    const last = totals.at(-1) ?? 0;
    const change24h = last - first;
    const changePct = first > 0 ? (change24h / first) * 100 : 0;
    const trades = executions.filter((one) => inDay(one.executedAt));
    const profitRealized = profitOf(trades);
    return {
      type: 'daily_learning',
      date: iso(endMs).slice(0, 10),
      summary: {
        portfolioChange: `${changePct >= 0 ? '+' : ''}${changePct.toFixed(2)}% ($${change24h >= 0 ? '+' : ''}${change24h.toFixed(2)})`,
        bestPerformer: 'SOL (+2.10%)',
        worstPerformer: 'DOT (-1.40%)',
        tradesExecuted: trades.length,
        profitRealized,
        lessonsLearned: [
          `Executed ${trades.length} trades, realizing $${profitRealized.toFixed(2)} profit after ${(FEE_RATE * 100).toFixed(2)}% fees.`,
        ],
        recommendations:
          changePct < 0
            ? ['Keep order sizes small until the trend turns.']
            : ['Take some profit above the targets.'],
      },
      metrics: {
        totalValueUSD: last,
        change24h,
        volatility: world.random.between(0.3, 1.4),
        sharpeRatio: changePct,
      },
      thresholdOptimizations: [],
      timestamp: iso(endMs),
      createdAt: iso(endMs),
      _id: world.ids.next(endMs),
    };
  });
}

export function seedRotation({ ids, nowMs }: SeedWorld): CoinrulerState['rotationPolicies'] {
  const rotated = (
    service: string,
    days: number,
    hours: number,
    daysAgo: number,
  ): [string, Record<string, unknown>] => {
    const lastMs = nowMs - daysAgo * DAY_MS;
    return [
      service,
      {
        service,
        rotationIntervalDays: days,
        gracePeriodHours: hours,
        enabled: true,
        lastRotation: iso(lastMs),
        nextRotation: iso(lastMs + days * DAY_MS),
        _id: ids.next(lastMs),
      },
    ];
  };
  return Object.fromEntries([
    rotated('coinbase', 90, 24, 41),
    rotated('mongodb', 90, 48, 84),
    rotated('openai', 60, 6, 63),
  ]);
}

export const seedObjectives = (): Record<string, unknown> => ({
  coreAssets: {
    BTC: {
      baseline: 0,
      autoIncrementOnDeposit: true,
      strategy: 'accumulate',
      description: 'Long-term store of value',
    },
    XRP: {
      baseline: 10,
      minBaseline: 10,
      autoIncrementOnDeposit: true,
      strategy: 'profit-taking',
      description: 'Active trading above baseline',
    },
    USDC: { strategy: 'liquidity', description: 'Trading capital and profits' },
  },
  riskProfile: { maxDrawdown: 0.15, maxPositionSize: 0.25, preferredTimeHorizon: 'medium-term' },
  goals: [
    'Protect BTC collateral',
    'Grow USDC through profit-taking',
    'Never sell XRP below baseline (10 min)',
  ],
});

export const profitOf = (executions: readonly ExecutionDocument[]): number =>
  executions.reduce((sum, one) => sum + Number(one.estimatedNetUSD ?? 0), 0);

const iso = (atMs: number): string => new Date(atMs).toISOString();
