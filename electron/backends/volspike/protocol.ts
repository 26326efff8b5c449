import { z } from 'zod';

import { parseJson } from '#shared/json.ts';
import type { DecimalString } from '#shared/money.ts';
import { compare, toDecimal } from '#shared/money.ts';
import { parseIsoMs } from '#shared/time.ts';

import { plainText } from '../../lib/clean.ts';

/*
 * What VolSpike says, as schemas. Numbers are JSON numbers but for one list, where they are texts (§4.2, §7.2): both are
 * read everywhere. Strict is only what nothing can be made of without.
 */

const text = z.string().optional().catch(undefined);
const decimal = z.unknown().optional().transform(toDecimal);
const time = z.unknown().optional().transform(parseIsoMs);
/** By which things are told apart: of one that would have to be cut, or that holds nothing to see, two could be the same. */
const name = (maxLength: number) =>
  z
    .string()
    .trim()
    .max(maxLength)
    .refine((value) => plainText(value, maxLength) !== '');
const id = name(120);
const symbol = name(60);

function required<T>(read: (value: unknown) => T | null, what: string) {
  return z.unknown().transform((value, context): T => {
    const found = read(value);
    if (found !== null) return found;
    context.addIssue({ code: 'custom', message: `no ${what}`, input: value });
    return z.NEVER;
  });
}

const figure = required<DecimalString>(toDecimal, 'figure');
const when = required<number>(parseIsoMs, 'time');
const positive = required<DecimalString>((value) => {
  const found = toDecimal(value);
  return found !== null && compare(found, '0') > 0 ? found : null;
}, 'price');

const alertType = z.enum(['SPIKE', 'HALF_UPDATE', 'FULL_UPDATE']);

/** §4.1; the same over REST and socket. */
export const wireSpike = z.object({
  id,
  symbol,
  asset: text,
  currentVolume: figure,
  previousVolume: figure,
  volumeRatio: decimal,
  price: decimal,
  fundingRate: decimal,
  alertType,
  message: text,
  timestamp: when,
  hourTimestamp: time,
  candleDirection: z.enum(['bullish', 'bearish']).nullish().catch(null),
  detectionTime: time,
  oiChange: decimal,
  priceChange: decimal,
});
export type WireSpike = z.output<typeof wireSpike>;

/** A volume alert of a type that the sheet does not have: what any type has. One of a known type that is amiss is none. */
export const wireNotice = z.object({
  id,
  symbol,
  asset: text,
  alertType: name(60).refine((type) => !alertType.safeParse(type).success),
  message: text,
  timestamp: time,
  detectionTime: time,
});
export type WireNotice = z.output<typeof wireNotice>;

export const wireSpikeList = z.object({ alerts: z.array(z.unknown()) });

export const wireOpenInterestAlert = z.object({
  id,
  symbol,
  direction: text,
  baseline: decimal,
  current: decimal,
  pctChange: decimal,
  absChange: decimal,
  priceChange: decimal,
  fundingRate: decimal,
  timeframe: text,
  source: text,
  ts: time,
});
export type WireOpenInterestAlert = z.output<typeof wireOpenInterestAlert>;

export const wireOpenInterest = z.compile(
  z.object({
    symbol,
    openInterest: decimal,
    openInterestUsd: decimal,
  }),
);
export type WireOpenInterest = z.output<typeof wireOpenInterest>;

/** `volumeChange` is the change of the price in a day, and `openInterest` is always 0 (§4.4). */
export const wireMarketItem = z.compile(
  z.object({
    symbol,
    price: positive,
    volume24h: decimal,
    volumeChange: decimal,
    fundingRate: decimal,
  }),
);
export type WireMarketItem = z.output<typeof wireMarketItem>;

/** Both shapes (§7.3). */
export const wireMarketUpdate = z.compile(
  z.union([
    z.array(z.unknown()).transform((data) => ({ data, timestamp: undefined })),
    z.object({ data: z.array(z.unknown()), timestamp: z.number().optional().catch(undefined) }),
  ]),
);

export const wireTold = z.object({ tier: text, interval: z.number().optional().catch(undefined) });
export const wireTriggered = z.object({
  id,
  symbol,
  alertType: text,
  alertTypeName: text,
  threshold: decimal,
  thresholdFormatted: text,
  currentValue: decimal,
  currentValueFormatted: text,
  previousValueFormatted: text,
  direction: text,
  timestamp: time,
});
export type WireTriggered = z.output<typeof wireTriggered>;
export const wireInvalidated = z.object({ sessionId: z.string().min(1), reason: text });
export const wireUserDeleted = z.object({ userId: text, reason: text, message: text, timestamp: time });
export const wireMessage = z.object({ message: text });

/** §3: what signing in answers. */
export const wireSignedIn = z.object({
  token: z.string().min(1).max(8_000),
  sessionId: id,
  user: z.object({ id, email: text, tier: text }),
});

const item = z.object({ id, contract: z.object({ symbol }) });
export const wireWatchList = z.object({
  id,
  name: text,
  items: z.array(item).max(5_000).nullish(),
});
export type WireWatchList = z.output<typeof wireWatchList>;
const limits = z.object({
  tier: text,
  limits: z.object({ watchlistLimit: z.number(), symbolLimit: z.number() }),
  usage: z.object({ watchlistCount: z.number(), symbolCount: z.number() }),
});
export type WireLimits = z.output<typeof limits>;
export const wireWatchLists = z.object({
  watchlists: z.array(z.unknown()),
  limits: limits.optional().catch(undefined),
});

export const wireThreshold = z.object({
  id,
  symbol,
  alertType: z.enum(['PRICE_CROSS', 'FUNDING_CROSS', 'OI_CROSS']),
  threshold: figure,
  lastCheckedValue: decimal,
  deliveryMethod: text,
  isActive: z.boolean(),
  triggeredAt: time,
  triggeredValue: decimal,
});
export type WireThreshold = z.output<typeof wireThreshold>;
export const wireThresholds = z.object({ alerts: z.array(z.unknown()) });
export const wireOpenInterestAlerts = z.object({ alerts: z.array(z.unknown()) });

export const wireError = z.object({
  error: text,
  message: text,
  code: text,
  reason: text,
  limit: z.number().optional().catch(undefined),
  current: z.number().optional().catch(undefined),
});
/** An event as it stands on the wire: the name and what came with it. `null` for what is none. Never throws. */
export function readEvent(line: string): { name: string; payload: unknown } | null {
  const value = parseJson(line);
  if (!Array.isArray(value) || typeof value[0] !== 'string') return null;
  return { name: value[0], payload: value[1] as unknown };
}

/** The members of a list that can be read, and how many cannot. */
export function readEach<S extends z.ZodType>(
  schema: S,
  list: readonly unknown[],
): { read: z.output<S>[]; unreadable: number } {
  const read: z.output<S>[] = [];
  for (const value of list.slice(0, 5_000)) {
    const parsed = schema.safeParse(value);
    if (parsed.success) read.push(parsed.data);
  }
  return { read, unreadable: list.length - read.length };
}
