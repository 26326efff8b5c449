import { z } from 'zod';

import { decimalString } from '../../decimal-string.ts';
import { epochMs } from '../../epoch-ms.ts';

/** A trader that can be followed. Percents are percent values (5 = 5 %). */
export const trader = z.object({
  backendId: z.string(),
  /** What stays the same over a restart of the server, mostly the wallet address. */
  id: z.string(),
  /** What the server calls it now, for its requests. */
  serverId: z.string().nullable(),
  name: z.string(),
  riskLevel: z.enum(['low', 'medium', 'high']).nullable(),
  riskScore: z.number().nullable(),
  monthlyReturnPct: decimalString.nullable(),
  winRatePct: decimalString.nullable(),
  sharpeRatio: z.number().nullable(),
  maxDrawdownPct: decimalString.nullable(),
  totalPnl: decimalString.nullable(),
  totalTrades: z.number().int().nullable(),
  totalVolume: decimalString.nullable(),
  followers: z.number().int().nullable(),
  averageHold: z.string().nullable(),
  active: z.boolean().nullable(),
  /** True where the backend gives sample figures, or may. */
  simulated: z.boolean(),
  receivedAtMs: epochMs,
});
export type Trader = z.infer<typeof trader>;

/** Limits under which a trader is copied. `null` where the backend has no such limit or the person set none. */
export const followSettings = z.object({
  amount: decimalString,
  maxTradeSize: decimalString.nullable(),
  maxDailyLoss: decimalString.nullable(),
  stopLossPct: decimalString.nullable(),
  takeProfitPct: decimalString.nullable(),
  diversificationLimit: decimalString.nullable(),
});
export type FollowSettings = z.infer<typeof followSettings>;

/**
 * One trader that the person follows, from the desk's own list where the backend offers none. `unverified`: asked for, and
 * the backend's count does not prove it. `lost`: the backend no longer knows of it (it restarted); nothing is followed
 * again by itself.
 */
export const follow = z.object({
  backendId: z.string(),
  /** The trader's `id`. */
  id: z.string(),
  traderName: z.string(),
  settings: followSettings,
  state: z.enum(['following', 'unverified', 'stopping', 'lost']),
  note: z.string().nullable(),
  sinceMs: epochMs,
  receivedAtMs: epochMs,
});
export type Follow = z.infer<typeof follow>;

/**
 * What every kind of backend with traders answers to these reads, with a table's or a detail's JSON. The first four take
 * `{traderId}` (a trader's `id`), the others nothing.
 */
export const TRADER_READS = {
  trades: 'trader-trades',
  performance: 'trader-performance',
  stats: 'copy-stats',
  positions: 'trader-positions',
  leaderboard: 'leaderboard',
  market: 'market-overview',
  health: 'server-health',
} as const;

/** What every kind of backend with traders calls these acts, as far as it has them. */
export const COPY_ACTS = {
  follow: 'follow',
  unfollow: 'unfollow',
  settings: 'follow.settings',
  execute: 'copy.execute',
  stops: 'position.stops',
} as const;
