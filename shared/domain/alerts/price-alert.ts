import { z } from 'zod';

import { t } from '../../words.ts';

import { compare } from '../../money.ts';
import { epochMs } from '../../epoch-ms.ts';
import { formatAge, MINUTE_MS } from '../../time.ts';
import { severity } from './alert.ts';

const positive = z
  .string()
  .max(40)
  .regex(/^\d{1,20}(\.\d{1,18})?$/)
  .refine((text) => compare(text, '0') > 0);

/** What a price has to do. `change` compares it with the lowest and the highest of the time before. */
export const priceCondition = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('above'), price: positive }),
  z.object({ kind: z.literal('below'), price: positive }),
  z.object({
    kind: z.literal('change'),
    percent: positive,
    withinMinutes: z.number().int().min(1).max(1_440),
    direction: z.enum(['up', 'down', 'either']),
  }),
]);
export type PriceCondition = z.infer<typeof priceCondition>;

/** What a person sets: which price, what it has to do, and what then. */
export const priceAlertText = z.object({
  id: z.string().min(8).max(80),
  /** As the backend writes it; for the freshest of any backend each way of writing the asset in dollars counts. */
  symbol: z.string().trim().min(1).max(60),
  /** Whose price; `null` is the freshest that any backend has. */
  backendId: z.string().max(40).nullable(),
  /** Set on practice prices: only they count then, and else they never do. */
  practice: z.boolean(),
  condition: priceCondition,
  /** `null` rings once. Otherwise again, no sooner than this and only after the price was back. */
  againAfterMinutes: z.number().int().min(1).max(10_080).nullable(),
  expiresAtMs: epochMs.nullable(),
  note: z.string().trim().max(200),
  severity,
  on: z.boolean(),
});
export type PriceAlertText = z.infer<typeof priceAlertText>;

/** How far it is: `waiting` for a first price, `armed`, `resting` until the price was back and the pause is over, `rang` for good. */
const priceAlertPhase = z.enum(['waiting', 'armed', 'resting', 'rang', 'expired']);

export const priceAlert = priceAlertText.extend({
  setAtMs: epochMs,
  phase: priceAlertPhase,
  /** When it rang last, at what price, and whose that was. */
  rang: z
    .object({ atMs: epochMs, price: z.string(), backendId: z.string(), times: z.number().int().positive() })
    .nullable(),
});
export type PriceAlert = z.infer<typeof priceAlert>;

/** The most that can be set. */
export const MOST_PRICE_ALERTS = 200;

/** A price has to go back by this much of the line before it can cross it again. */
export const BACK_BY_PERCENT = '0.2';

/** What it waits for, as words behind a symbol: "at or above 4,000"; `write` says how a price is written there. */
export function wordsOfCondition(condition: PriceCondition, write: (price: string) => string): string {
  switch (condition.kind) {
    case 'above':
      return t('at or above {price}', { price: write(condition.price) });
    case 'below':
      return t('at or below {price}', { price: write(condition.price) });
    case 'change': {
      const { direction, percent } = condition;
      const age = formatAge(condition.withinMinutes * MINUTE_MS);
      if (direction === 'up') return t('up {percent} % within {age}', { percent, age });
      if (direction === 'down') return t('down {percent} % within {age}', { percent, age });
      return t('up or down {percent} % within {age}', { percent, age });
    }
  }
}
