import { z } from 'zod';

import { MOST_PRICE_ALERTS, priceAlert } from '#shared/domain/price-alert.ts';
import { decimalString } from '#shared/decimal-string.ts';
import { epochMs } from '#shared/epoch-ms.ts';

const phase = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('waiting') }),
  z.object({ kind: z.literal('armed') }),
  z.object({ kind: z.literal('resting'), untilMs: epochMs, wasBack: z.boolean() }),
]);

/** An alert with what has to be known of it after a restart. */
const rememberedAlert = z.object({
  alert: priceAlert,
  phase,
  /** The last price that it looked at. */
  last: z.object({ price: decimalString, atMs: epochMs }).nullable(),
});
export type RememberedAlert = z.infer<typeof rememberedAlert>;

/** What can be understood of what the journal kept, one by one: a damaged one takes no other with it. */
export function readRemembered(kept: unknown): { alerts: RememberedAlert[]; damaged: number } {
  if (kept === null || kept === undefined) return { alerts: [], damaged: 0 };
  if (!Array.isArray(kept)) return { alerts: [], damaged: 1 };
  const read = kept.slice(0, MOST_PRICE_ALERTS).map((one) => rememberedAlert.safeParse(one).data);
  const alerts = read.filter((one) => one !== undefined);
  return { alerts, damaged: kept.length - alerts.length };
}
