import { z } from 'zod';

import { parseJson } from '#shared/json.ts';
import type { DecimalString } from '#shared/money.ts';
import { toDecimal } from '#shared/money.ts';
import { parseIsoMs } from '#shared/time.ts';

import { plainText } from '../../lib/clean.ts';
import { tokenClaims } from '../kit/token-claims.ts';

/*
 * What the server says, as schemas (fact sheet §4 to §6). Most of it is only shown, so a member may be missing or of any
 * type; strict is only what nothing can be made of without. Times come as ISO texts and as milliseconds (§3).
 */

const text = z.string().max(4_000).optional().catch(undefined);
const decimal = z.unknown().optional().transform(toDecimal);
const figure = z.number().optional().catch(undefined);
const whole = z.number().int().optional().catch(undefined);
/** What is sent back as it came: an id or a wallet of other signs than these is none. */
const token = z
  .string()
  .max(200)
  .regex(/^[\x21-\x7e]+$/);
const id = z.union([token, z.number().transform(String)]);
const optionalId = id.optional().catch(undefined);
const members = z.record(z.string(), z.unknown());

/** The name of a market, of which something is left that can be shown. */
const symbol = z
  .string()
  .max(60)
  .transform((name) => plainText(name, 60))
  .pipe(z.string().min(1));

/** Latest time that a clock of this age would name: what is beyond is no time. */
const LAST_MS = 8_640_000_000_000_000;

/** Either form of a time, in milliseconds; `null` for what is none. */
const wireTime = z
  .unknown()
  .optional()
  .transform((value): number | null => {
    if (typeof value !== 'number') return parseIsoMs(value);
    return Number.isFinite(value) && value > 0 && value < LAST_MS ? Math.round(value) : null;
  });

/** A list of which what does not fit is left out, so that one bad row does not cost the others. */
const listOf = <S extends z.ZodType>(item: S, most = 500) =>
  z.array(z.unknown()).transform((list): z.output<S>[] =>
    list.slice(0, most).flatMap((one) => {
      const parsed = item.safeParse(one);
      return parsed.success ? [parsed.data] : [];
    }),
  );

export const wireError = z.object({
  error: z.string(),
  /** Beside it where the exchange behind the server failed (§7.12). */
  message: text,
  details: z.array(z.string()).optional().catch(undefined),
});

export const wireHealth = z.object({ status: z.string(), uptime: z.number().nonnegative() });

export const wireLogin = z.object({ token: z.string().min(1).max(8_000) });

export const wireProfile = z.object({ user: z.object({ walletAddress: z.string() }) });

export const wireTrader = z.object({
  id,
  walletAddress: token,
  name: text,
  username: text,
  riskLevel: z.enum(['low', 'medium', 'high']).optional().catch(undefined),
  monthlyReturn: decimal,
  followers: whole,
  winRate: decimal,
  avgHoldTime: text,
  sharpeRatio: figure,
  totalTrades: whole,
  totalVolume: decimal,
  isActive: z.boolean().optional().catch(undefined),
});
export type WireTrader = z.output<typeof wireTrader>;
export const wireTraders = z.object({ traders: listOf(wireTrader) });

/** The count follows the real list of follows; the rest are samples (§4.2). */
export const wirePortfolio = z.object({
  portfolio: z.object({
    totalValue: decimal,
    dayChange: decimal,
    activePositions: whole,
    followingCount: z.number().int().nonnegative(),
    positions: listOf(z.object({ traderId: optionalId }))
      .optional()
      .catch(undefined),
  }),
});
export type WirePortfolio = z.output<typeof wirePortfolio>['portfolio'];

const longOrShort = z
  .string()
  .transform((word) => ({ long: 'long', buy: 'long', short: 'short', sell: 'short' })[word.toLowerCase()])
  .pipe(z.enum(['long', 'short']));

/** `type` here is what is `side` elsewhere, and one percent has two names (§7.8). */
export const wireCopy = z
  .object({
    id,
    traderId: optionalId,
    traderName: text,
    symbol,
    type: longOrShort.optional().catch(undefined),
    side: longOrShort.optional().catch(undefined),
    amount: decimal,
    entryPrice: decimal,
    currentPrice: decimal,
    currentValue: decimal,
    pnl: decimal,
    pnlPercent: decimal,
    pnlPercentage: decimal,
    leverage: decimal,
    status: text,
    openedAt: wireTime,
    stopLoss: decimal,
    takeProfit: decimal,
    orderId: optionalId,
  })
  .transform(({ type, side, pnlPercent, pnlPercentage, ...rest }) => ({
    ...rest,
    side: side ?? type ?? 'long',
    pnlPct: pnlPercent ?? pnlPercentage,
  }));
export type WireCopy = z.output<typeof wireCopy>;
export const wireCopies = z.object({ positions: listOf(wireCopy), total: whole });

/** A position at the exchange, of whichever wallet was asked for (§4.4). */
export const wireHeld = z.object({
  marketId: symbol,
  side: longOrShort,
  size: decimal,
  entryPrice: decimal,
  markPrice: decimal,
  pnl: decimal,
  leverage: decimal,
  margin: decimal,
});
export type WireHeld = z.output<typeof wireHeld>;
export const wireHeldPositions = z.object({ data: z.object({ positions: listOf(wireHeld) }) });

export const wireCopyTrade = z.object({
  id,
  traderName: text,
  symbol,
  type: text,
  side: text,
  amount: decimal,
  price: decimal,
  value: decimal,
  pnl: decimal,
  status: text,
  traderId: optionalId,
  timestamp: wireTime,
});
export type WireCopyTrade = z.output<typeof wireCopyTrade>;
export const wireHistory = z.object({ trades: listOf(wireCopyTrade) });

export const wireUpstream = z.object({ status: z.string().max(100) });

export const wireExecuted = z.object({
  data: z.object({ orderId: id, size: decimal, status: text }),
});

export const wireRiskUpdated = z.object({
  data: z.object({ updatedParameters: z.array(z.unknown()).max(20) }),
});

/* Events (§5, §6). */

const positive = z.unknown().transform((value, context): DecimalString => {
  const price = toDecimal(value);
  if (price !== null && Number(price) > 0) return price;
  context.addIssue({ code: 'custom', message: 'no price', input: value });
  return z.NEVER;
});

/** One price, of either dialect and of REST; their times differ in form. */
export const wirePrice = z.object({
  symbol,
  price: positive,
  change24h: decimal,
  volume24h: decimal,
});
export type WirePrice = z.output<typeof wirePrice>;
export const wireMarketData = z.object({ data: listOf(wirePrice) });

/** Both dialects' envelope. */
export const wireEnvelope = z.object({ data: members, timestamp: wireTime });

export const wirePerformance = z.object({
  traderId: z.string().min(1).max(200),
  totalPnL: decimal,
  winRate: decimal,
  totalTrades: whole,
  followers: whole,
  avgHoldTime: text,
  sharpeRatio: figure,
  maxDrawdown: decimal,
  riskScore: figure,
});
export type WirePerformance = z.output<typeof wirePerformance>;

/** `trader_performance_update`: flat, without an envelope (§7.1). */
export const wireFlatPerformance = z.object({
  traderId: z.string().min(1).max(200),
  performance: members,
  timestamp: wireTime,
});

export const wireTraderTrade = z.object({
  traderId: optionalId,
  traderAddress: text,
  symbol,
  side: z.string().min(1).max(40),
  amount: decimal,
  price: decimal,
  timestamp: wireTime,
  txHash: text,
  positionSize: decimal,
  pnl: decimal,
});
export type WireTraderTrade = z.output<typeof wireTraderTrade>;

/** `portfolio_update`: of the plain server for any wallet, without an envelope; of the realtime one without a wallet. */
export const wireLivePortfolio = z.object({
  totalValue: decimal,
  dailyChange: decimal,
  walletAddress: text,
  lastUpdated: wireTime,
  isRealTime: z.boolean().optional().catch(undefined),
  error: z.unknown().optional(),
});
export type WireLivePortfolio = z.output<typeof wireLivePortfolio>;

export const wireNotice = z.object({
  title: text,
  type: text,
  message: text,
  error: text,
  severity: text,
  level: text,
});
export const wireConfirmed = z.object({ type: text, traderId: text, error: text });
export const wirePong = z.object({ timestamp: wireTime });

/** A message of the link: the event's name and its payload, which may be anything. */
export function readEvent(raw: string): { name: string; payload: unknown } | null {
  const parsed = z.tuple([z.string().min(1).max(100)], z.unknown()).safeParse(parseJson(raw));
  return parsed.success ? { name: parsed.data[0], payload: parsed.data[1] } : null;
}

/**
 * How long a token that was just made lives by its own claims, whatever the server's clock says; `null` when it does not tell. It is
 * read, not verified: it proves nothing (§7.5).
 */
export function lifeMsOf(token: string, nowMs: number): number | null {
  const parsed = wireClaims.safeParse(tokenClaims(token));
  if (!parsed.success) return null;
  const { exp, iat } = parsed.data;
  const lifeMs = exp * 1_000 - (iat === undefined ? nowMs : iat * 1_000);
  return lifeMs > 0 ? lifeMs : null;
}

const wireSeconds = z
  .number()
  .positive()
  .max(LAST_MS / 1_000);
const wireClaims = z.object({ exp: wireSeconds, iat: wireSeconds.optional().catch(undefined) });

/** §3: what every act is answered with. */
export const wireDone = z.object({ success: z.literal(true) });
