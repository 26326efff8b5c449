import { z } from 'zod';

import { isMembers } from '#shared/json.ts';

import type { Behaviour } from '../bot.ts';
import { behaviour } from '../bot.ts';

/** Documents as the CoinRuler server keeps them (protocol sheet, section 4). Members that a client may choose are open. */
const approvalDocument = z.looseObject({
  _id: z.string(),
  status: z.unknown(),
  createdAt: z.string(),
});
export type ApprovalDocument = z.infer<typeof approvalDocument>;

const executionDocument = z.looseObject({ _id: z.string(), executedAt: z.string() });
export type ExecutionDocument = z.infer<typeof executionDocument>;

/** Flat: each asset is a top-level number beside `_prices`, `timestamp` and `reason`. */
const snapshotDocument = z.looseObject({ _id: z.string(), timestamp: z.string() });
export type SnapshotDocument = z.infer<typeof snapshotDocument>;

const killSwitchDocument = z.object({
  enabled: z.unknown(),
  reason: z.unknown(),
  timestamp: z.string(),
  setBy: z.unknown(),
  _id: z.string(),
});

const ruleDocument = z.looseObject({
  _id: z.string(),
  name: z.string(),
  enabled: z.boolean(),
  conditions: z.array(z.unknown()),
  actions: z.array(z.unknown()),
  createdAt: z.string(),
});
export type RuleDocument = z.infer<typeof ruleDocument>;

/** What a rule of the bot's own switches in it; `null` for rules that a person wrote. */
export function behaviourOf(rule: RuleDocument): Behaviour | null {
  const meta = rule.meta;
  return behaviour.safeParse(isMembers(meta) ? meta.behaviour : null).data ?? null;
}

const mfaDocument = z.object({
  code: z.string(),
  tradeId: z.unknown(),
  userId: z.literal('owner'),
  expiresAt: z.string(),
  verified: z.boolean(),
  tradeDetails: z.record(z.string(), z.unknown()),
  createdAt: z.string(),
  _id: z.string(),
});
export type MfaDocument = z.infer<typeof mfaDocument>;

export const ROTATION_SERVICES = [
  'coinbase',
  'discord',
  'mongodb',
  'openai',
  'newsapi',
  'whalealert',
  'tradingecon',
  'twilio',
] as const;

const anyDocument = z.looseObject({ _id: z.string() });
export type AnyDocument = z.infer<typeof anyDocument>;

/** Everything the CoinRuler server of the practice desk remembers. Newest entries stand last. */
export const coinrulerState = z.object({
  ownerId: z.string(),
  approvals: z.array(approvalDocument),
  executions: z.array(executionDocument),
  snapshots: z.array(snapshotDocument),
  killSwitch: killSwitchDocument,
  baselines: z.record(z.string(), z.record(z.string(), z.unknown())),
  objectives: z.unknown(),
  rules: z.array(ruleDocument),
  ruleMetrics: z.array(anyDocument),
  backtests: z.array(anyDocument),
  reports: z.array(anyDocument),
  chatLogs: z.array(anyDocument),
  mfaCodes: z.array(mfaDocument),
  mfaThresholdUsd: z.number(),
  rotationPolicies: z.record(z.string(), z.record(z.string(), z.unknown())),
  rotationSecrets: z.record(z.string(), z.string()),
  sentiment: anyDocument.nullable(),
  usdcYield: z.object({ principal: z.number(), createdAt: z.string() }),
  /** When alerts were sent, for the count of the last day. */
  alertTimes: z.array(z.number()),
  risk: z.object({
    trades: z.array(z.number()),
    dailyLoss: z.number(),
    lastDailyReset: z.string(),
    totalExecutions: z.number(),
  }),
  lastRuleRuns: z.record(z.string(), z.number()),
});
export type CoinrulerState = z.infer<typeof coinrulerState>;

/** The first of these that is a text or a number, as a text; open documents may hold anything. */
export function textOf(...candidates: unknown[]): string {
  for (const one of candidates) {
    if (typeof one === 'number' || (typeof one === 'string' && one !== '')) return String(one);
  }
  return '';
}

export function numbersOf(value: unknown): Record<string, number> {
  if (!isMembers(value)) return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
  );
}

/** The balances in a flat snapshot. `_totalUSD` passes as an asset, as on the real server (sheet, section 4.4). */
export function balancesOf(snapshot: SnapshotDocument): Record<string, number> {
  const { _id, _prices, timestamp, reason, ...rest } = snapshot;
  return numbersOf(rest);
}

export const pricesOf = (snapshot: SnapshotDocument): Record<string, number> => numbersOf(snapshot._prices);
