import { z } from 'zod';

import { t } from '../../words.ts';

import { decimalString } from '../../decimal-string.ts';
import { proposalKind } from './approval.ts';

const positiveDecimal = decimalString.refine((value) => !value.startsWith('-'), t('must not be negative'));
const limit = positiveDecimal.nullable();
const expiryMinutes = z.number().int().min(1).max(10_080);

/** How much of one instrument a single decision may be about; for one backend, or (`null`) for all. */
export const quantityLimit = z.object({
  instrument: z.string().trim().toUpperCase().min(1).max(20),
  backendId: z.string().max(40).nullable(),
  soft: limit,
  hard: limit,
});
export type QuantityLimit = z.infer<typeof quantityLimit>;

/** What is different for one backend. Left out: as for all. `null`: off there. A day's limit is that backend's own, beside the one over all. */
export const limitsOverride = z.object({
  softValueUsd: limit.optional(),
  hardValueUsd: limit.optional(),
  softDayUsd: limit.optional(),
  hardDayUsd: limit.optional(),
  softPriceDriftPct: limit.optional(),
  maxPriceDriftPct: limit.optional(),
  approvalExpiryMinutes: expiryMinutes.optional(),
  repeatsReplace: z.boolean().optional(),
});
export type LimitsOverride = z.infer<typeof limitsOverride>;

/** The person's own limits (A4). `null` switches a limit off. A soft limit asks again, a hard one refuses. */
export const limits = z.object({
  softValueUsd: limit.default('1000'),
  hardValueUsd: limit.default(null),
  /** Over all decisions of a day of the chosen time zone, real and practice apart. */
  softDayUsd: limit.default(null),
  hardDayUsd: limit.default(null),
  /** From the price at the proposal to the freshest price that any backend has. */
  softPriceDriftPct: limit.default(null),
  maxPriceDriftPct: limit.default('2'),
  quantities: z.array(quantityLimit).max(200).default([]),
  /** Pending proposals older than this cannot be approved, where the backend sets no expiry of its own. */
  approvalExpiryMinutes: expiryMinutes.default(60),
  /** The same for one kind of proposal. */
  expiryMinutesByKind: z.partialRecord(proposalKind, expiryMinutes).default({}),
  /** A proposal that says the same as an older one takes its place, so that the older one can only be declined. */
  repeatsReplace: z.boolean().default(true),
  byBackend: z.record(z.string().max(40), limitsOverride).default({}),
});
export type Limits = z.infer<typeof limits>;

/** The limits as they are for one backend; a day's limits are still those over all backends. */
export type LimitsForOne = Omit<Limits, 'byBackend'>;

export function limitsFor({ byBackend, ...general }: Limits, backendId: string): LimitsForOne {
  const own = byBackend[backendId] ?? {};
  const pick = <T>(given: T | undefined, otherwise: T): T => (given === undefined ? otherwise : given);
  return {
    ...general,
    softValueUsd: pick(own.softValueUsd, general.softValueUsd),
    hardValueUsd: pick(own.hardValueUsd, general.hardValueUsd),
    softPriceDriftPct: pick(own.softPriceDriftPct, general.softPriceDriftPct),
    maxPriceDriftPct: pick(own.maxPriceDriftPct, general.maxPriceDriftPct),
    approvalExpiryMinutes: pick(own.approvalExpiryMinutes, general.approvalExpiryMinutes),
    // What is set for one backend is nearer than what is set for a kind.
    expiryMinutesByKind: own.approvalExpiryMinutes === undefined ? general.expiryMinutesByKind : {},
    repeatsReplace: pick(own.repeatsReplace, general.repeatsReplace),
  };
}

/** The limit on an instrument that is nearest: the backend's own before the one for all. */
export function quantityLimitFor(
  quantities: readonly QuantityLimit[],
  backendId: string,
  asset: string,
): QuantityLimit | null {
  const fitting = quantities.filter(({ instrument }) => instrument === asset);
  return (
    fitting.find((one) => one.backendId === backendId) ??
    fitting.find((one) => one.backendId === null) ??
    null
  );
}
