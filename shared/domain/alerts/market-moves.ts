import { z } from 'zod';

import { compare } from '../../money.ts';

const positive = z
  .string()
  .max(20)
  .regex(/^\d{1,12}(\.\d{1,6})?$/)
  .refine((text) => compare(text, '0') > 0);

/** From which size on the desk itself tells of a move of the market and of a large trade. */
export const marketMovesSettings = z.object({
  volatility: z.boolean().default(true),
  volatilityPct: positive.default('10'),
  volatilityMinutes: z.number().int().min(1).max(1_440).default(60),
  /** Other percentages for single assets, by name in capitals. */
  volatilityPctOf: z.record(z.string().max(20), positive).default({}),
  whales: z.boolean().default(true),
  whaleUsd: positive.default('1000000'),
  /** Made-up prices and trades as well. */
  practice: z.boolean().default(false),
});
export type MarketMovesSettings = z.infer<typeof marketMovesSettings>;
