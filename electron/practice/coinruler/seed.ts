import { DAY_MS, HOUR_MS } from '#shared/time.ts';

import { valueUsd } from '../account.ts';
import { findIdea } from '../bot.ts';
import type { CoinrulerState, ExecutionDocument, RuleDocument, SnapshotDocument } from './documents.ts';
import {
  profitOf,
  seedBacktests,
  seedMetrics,
  seedObjectives,
  seedReports,
  seedRotation,
  seedRules,
} from './seed-documents.ts';
import type { SeedWorld } from './seed-world.ts';

export const HISTORY_MS = 5 * DAY_MS;

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

const iso = (atMs: number): string => new Date(atMs).toISOString();
