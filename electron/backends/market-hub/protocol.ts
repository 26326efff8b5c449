import { z } from 'zod';

import { isMembers } from '#shared/json.ts';
import type { DecimalString } from '#shared/money.ts';
import { compare, toDecimal } from '#shared/money.ts';

import { plainText } from '../../lib/clean.ts';

/*
 * What the hub says, as schemas (fact sheet §2 and §3). An embedder can broadcast any dictionary under any name (§7.8), so a
 * member that is only shown may be missing or of any type; strict is only what nothing can be made of without.
 */

export const MOST_IN_A_SYMBOL = 60;
export const MOST_IN_A_TYPE = 80;

const text = z.string().optional().catch(undefined);
const decimal = z.unknown().optional().transform(toDecimal);
const idText = z
  .union([z.string().min(1), z.number().transform(String)])
  .optional()
  .catch(undefined);
const members = z.record(z.string(), z.unknown());

/** Taken as it is: what is in it is looked at by the schema of its type, and copying it member by member costs more than that. */
const payload = z.custom<Record<string, unknown>>(isMembers);

export const wireFrame = z.compile(
  z.object({
    type: z.string().min(1).max(MOST_IN_A_TYPE),
    data: payload.nullish().transform((data) => data ?? {}),
    /** When it was sent: the server's wall clock, without a zone. */
    timestamp: text,
  }),
);
export type WireFrame = z.output<typeof wireFrame>;
export type WireMembers = WireFrame['data'];

/** Also said later by embedders, with any members. */
export const wireStatus = z.object({ status: text, message: text });
export type WireStatus = z.output<typeof wireStatus>;

/** Two forms under one name: the broadcast counts `clients`, the answer to a ping says `pong` (§7.5). */
export const wireHeartbeat = z.object({ message: text, clients: z.number().optional().catch(undefined) });

export const wirePrice = z.compile(
  z.object({
    /** Made safe to show. One that would have to be cut, or that holds nothing to see, cannot be told from another. */
    symbol: z
      .string()
      .trim()
      .max(MOST_IN_A_SYMBOL)
      .transform((symbol) => plainText(symbol, MOST_IN_A_SYMBOL))
      .refine((symbol) => symbol !== ''),
    price: z.unknown().transform((value, context): DecimalString => {
      const price = toDecimal(value);
      if (price !== null && compare(price, '0') > 0) return price;
      context.addIssue({ code: 'custom', message: 'no price', input: value });
      return z.NEVER;
    }),
    change_24h: decimal,
    volume_24h: decimal,
    timestamp: text,
  }),
);
export type WirePrice = z.output<typeof wirePrice>;

/** Quantities by asset; `null` where one is named without a usable figure. */
export type WireBalances = ReadonlyMap<string, DecimalString | null>;

const MOST_ASSETS = 2_000;

const balances = members.transform((record): WireBalances => {
  const known = Object.entries(record).filter(([asset]) =>
    /^[\p{L}\p{N}$][\p{L}\p{N}$.\-]{0,23}$/u.test(asset),
  );
  return new Map(known.slice(0, MOST_ASSETS).map(([asset, quantity]) => [asset, toDecimal(quantity)]));
});

export const wirePortfolio = z.object({
  total_value: decimal,
  pnl: decimal,
  pnl_percent: decimal,
  balances: balances.optional().catch(undefined),
  timestamp: text,
});
export type WirePortfolio = z.output<typeof wirePortfolio>;

export const wireTrade = z.object({
  order_id: idText,
  symbol: text,
  side: text,
  quantity: decimal,
  price: decimal,
  timestamp: text,
});
export type WireTrade = z.output<typeof wireTrade>;

/** Members beyond these are kept: they become the alert's facts. */
export const wireAlert = z.looseObject({ alert_type: text, severity: text, message: text, timestamp: text });
export type WireAlert = z.output<typeof wireAlert>;
