import { z } from 'zod';

import { MOST_PRICE_ALERTS, priceAlert } from '#shared/domain/alerts/price-alert.ts';
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

/**
 * What can be understood of what the journal kept, one by one: a damaged one takes no other with it. `strange` is the rest, as it is:
 * a newer Quarterdeck may understand it, so it is written back.
 */
export function readRemembered(kept: unknown): { alerts: RememberedAlert[]; strange: unknown[] } {
  if (kept === null || kept === undefined) return { alerts: [], strange: [] };
  if (!Array.isArray(kept)) return { alerts: [], strange: [kept] };
  const alerts: RememberedAlert[] = [];
  const strange: unknown[] = [];
  for (const one of kept) {
    const { data } = rememberedAlert.safeParse(one);
    if (data === undefined) strange.push(one);
    else if (alerts.length < MOST_PRICE_ALERTS) alerts.push(data);
  }
  return { alerts, strange: strange.slice(0, MOST_PRICE_ALERTS) };
}
