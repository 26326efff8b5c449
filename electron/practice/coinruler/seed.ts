import { DAY_MS, HOUR_MS } from '#shared/time.ts';

import type { Account } from '../account.ts';
import { FEE_RATE, valueUsd } from '../account.ts';
import type { Behaviour } from '../bot.ts';
import { findIdea } from '../bot.ts';
import type { IdMaker } from '../ids.ts';
import type { Market } from '../market/market.ts';
import type { Random } from '../random.ts';
import type { CoinrulerState, ExecutionDocument, RuleDocument, SnapshotDocument } from './documents.ts';

export const HISTORY_MS = 5 * DAY_MS;

export interface SeedWorld {
  /** Standing at `nowMs - HISTORY_MS`; is lived through to `nowMs`. */
  market: Market;
  account: Account;
  random: Random;
  ids: IdMaker;
  nowMs: number;
}

/**
 * What a CoinRuler that has run for some days remembers: hourly snapshots, the trades the bot made in them (really booked
 * on the account), reports and backtests. So charts and lists have something to show at the first start.
 */
export function seedCoinruler(world: SeedWorld): CoinrulerState {
  const { market, random, ids, nowMs } = world;
  const startMs = nowMs - HISTORY_MS;
  const rules = seedRules(ids, startMs);
  const snapshots: SnapshotDocument[] = [];
  const executions: ExecutionDocument[] = [];
  for (let atMs = startMs + HOUR_MS; atMs <= nowMs; atMs += HOUR_MS) {
    market.advanceTo(atMs);
    if (random.chance(0.16)) tradeInThePast(world, rules, executions, atMs);
    snapshots.push(snapshotAt(world, atMs));
  }
  market.advanceTo(nowMs);
  snapshots.push(snapshotAt(world, nowMs));
  return {
    ownerId: `9${String(Math.floor(random.next() * 1e17)).padStart(17, '0')}`,
    approvals: [],
    executions,
    snapshots,
    killSwitch: {
      enabled: false,
      reason: '',
      timestamp: iso(startMs),
      setBy: 'system',
      _id: ids.next(startMs),
    },
    baselines: {
      BTC: { baseline: 0, autoIncrementOnDeposit: true, description: 'Long-term gold reserve' },
      XRP: {
        baseline: 10,
        autoIncrementOnDeposit: true,
        minBaseline: 10,
        description: 'Minimum 10 XRP always maintained',
      },
    },
    objectives: seedObjectives(),
    rules,
    ruleMetrics: rules.flatMap((rule) => seedMetrics(rule, world)),
    backtests: rules.filter((rule) => rule.enabled).flatMap((rule) => seedBacktests(rule, world)),
    reports: seedReports(world, snapshots, executions),
    chatLogs: [],
    mfaCodes: [],
    // The real server asks above 100 dollars and prints the code on its console; a newcomer has no console.
    mfaThresholdUsd: 25_000,
    rotationPolicies: seedRotation(world),
    rotationSecrets: Object.fromEntries(
      ['coinbase', 'discord', 'mongodb', 'openai'].map((service) => [
        service,
        `${service}_secret_${random.whole(1e9, 9e9).toString(36)}`,
      ]),
    ),
    sentiment: {
      source: 'feargreedmeter',
      value: random.whole(35, 65),
      raw: 'practice market',
      fetchedAt: iso(nowMs),
      _id: ids.next(nowMs),
    },
    usdcYield: { principal: profitOf(executions), createdAt: iso(startMs) },
    alertTimes: [],
    risk: { trades: [], dailyLoss: 0, lastDailyReset: iso(nowMs), totalExecutions: executions.length },
    lastRuleRuns: {},
  };
}

function tradeInThePast(
  world: SeedWorld,
  rules: RuleDocument[],
  executions: ExecutionDocument[],
  atMs: number,
): void {
  const { market, account, random, ids } = world;
  const idea = findIdea({
    market,
    account,
    enabled: new Set(['rebalance', 'take-profit']),
    busy: new Set(),
    random,
  });
  if (idea === null || idea.side === 'stake') return;
  const { side, symbol } = idea;
  // A part of what it would propose, so that something is left to propose at the first start.
  const digits = idea.quantity >= 100 ? 0 : 4;
  const quantity = Number((idea.quantity * random.between(0.1, 0.3)).toFixed(digits));
  const fill = quantity > 0 ? account.fill({ side, symbol, quantity, price: idea.price }) : null;
  if (fill === null) return;
  const order = {
    orderId: `practice-${ids.next(atMs)}`,
    status: 'filled',
    filledQty: quantity,
    avgFillPrice: fill.price,
  };
  const common = { side, symbol, amount: quantity, ...order, executedAt: iso(atMs) };
  const gainUsd = fill.realisedUsd;
  if (gainUsd > 0 && random.chance(0.6)) {
    const gainPct = Number(((gainUsd / (quantity * fill.price - gainUsd)) * 100).toFixed(2));
    const profit = { gainPct, estimatedNetUSD: gainUsd, confidence: Number(idea.confidence.toFixed(2)) };
    executions.push({
      type: 'profit-taking',
      ...common,
      ...profit,
      mode: 'automatic',
      dryRun: false,
      _id: ids.next(atMs),
    });
  } else if (random.chance(0.5)) {
    const ruleId = rules[0]?.name ?? 'rebalance';
    const action = { type: side === 'buy' ? 'enter' : 'exit', symbol };
    executions.push({
      ruleId,
      action,
      approvedId: ids.next(atMs),
      mode: 'auto',
      dryRun: false,
      ...common,
      _id: ids.next(atMs),
    });
  } else {
    executions.push({
      approvalId: ids.next(atMs),
      ...common,
      mode: 'manual',
      dryRun: false,
      _id: ids.next(atMs),
    });
  }
}

function snapshotAt({ market, account, ids }: SeedWorld, atMs: number): SnapshotDocument {
  const prices = market.prices();
  const balances = account.balances();
  return {
    ...balances,
    _prices: prices,
    _totalUSD: valueUsd(balances, prices),
    timestamp: iso(atMs),
    reason: 'scheduled',
    _id: ids.next(atMs),
  };
}

function seedRules(ids: IdMaker, atMs: number): RuleDocument[] {
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

function seedMetrics(rule: RuleDocument, { random, ids, nowMs }: SeedWorld): CoinrulerState['ruleMetrics'] {
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

function seedBacktests(rule: RuleDocument, { random, ids, nowMs }: SeedWorld): CoinrulerState['backtests'] {
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

function seedReports(
  world: SeedWorld,
  snapshots: SnapshotDocument[],
  executions: ExecutionDocument[],
): CoinrulerState['reports'] {
  return [4, 3, 2, 1].map((daysAgo) => {
    const endMs = world.nowMs - daysAgo * DAY_MS;
    const inDay = (text: string): boolean => Date.parse(text) > endMs - DAY_MS && Date.parse(text) <= endMs;
    const totals = snapshots.filter((one) => inDay(one.timestamp)).map((one) => Number(one['_totalUSD']));
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

function seedRotation({ ids, nowMs }: SeedWorld): CoinrulerState['rotationPolicies'] {
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

const seedObjectives = (): Record<string, unknown> => ({
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

const profitOf = (executions: readonly ExecutionDocument[]): number =>
  executions.reduce((sum, one) => sum + Number(one['estimatedNetUSD'] ?? 0), 0);

const iso = (atMs: number): string => new Date(atMs).toISOString();
