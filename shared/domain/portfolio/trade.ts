import { z } from 'zod';

import { decimalString } from '../../decimal-string.ts';
import { epochMs } from '../../epoch-ms.ts';

/** An order or fill as a backend reports it. `simulated` when the backend ran dry. */
export const trade = z.object({
  backendId: z.string(),
  id: z.string(),
  side: z.enum(['buy', 'sell', 'other']),
  instrument: z.string().nullable(),
  quantity: decimalString.nullable(),
  filledQuantity: decimalString.nullable(),
  averagePrice: decimalString.nullable(),
  status: z.enum(['submitted', 'filled', 'simulated', 'failed', 'other']),
  rawStatus: z.string().nullable(),
  orderId: z.string().nullable(),
  approvalId: z.string().nullable(),
  /** `manual`, `auto` or the rule that traded. */
  origin: z.string().nullable(),
  realisedPnlUsd: decimalString.nullable(),
  occurredAtMs: epochMs.nullable(),
  receivedAtMs: epochMs,
});
export type Trade = z.infer<typeof trade>;
