import { z } from 'zod';

import { decimalString } from '../../decimal-string.ts';
import { epochMs } from '../../epoch-ms.ts';

/** What is held by a model, copied from a trader, or held by a trader that is watched. Percents are percent values. */
export const position = z.object({
  backendId: z.string(),
  id: z.string(),
  /** Whose: `model:ID`, `copy` (the person's own copies) or `trader:ID`. */
  owner: z.string(),
  /** For a copy: the trader whose position it copies, where that is known. */
  traderId: z.string().nullable(),
  symbol: z.string(),
  side: z.enum(['long', 'short']),
  quantity: decimalString,
  entryPrice: decimalString.nullable(),
  markPrice: decimalString.nullable(),
  value: decimalString.nullable(),
  pnl: decimalString.nullable(),
  pnlPct: decimalString.nullable(),
  leverage: decimalString.nullable(),
  margin: decimalString.nullable(),
  stopLoss: decimalString.nullable(),
  takeProfit: decimalString.nullable(),
  /** The order that opened it, by which its stop-loss and take-profit are changed. */
  orderId: z.string().nullable(),
  openedAtMs: epochMs.nullable(),
  /** True where the backend gives sample figures, or may. */
  simulated: z.boolean(),
  receivedAtMs: epochMs,
});
export type Position = z.infer<typeof position>;

export const positionOwner = {
  model: (id: string): string => `model:${id}`,
  copy: 'copy',
  trader: (id: string): string => `trader:${id}`,
} as const;
