import { z } from 'zod';

import { decimalString } from '../../decimal-string.ts';
import { epochMs } from '../../epoch-ms.ts';
import { PROPOSAL_KINDS } from './proposal-kind.ts';

/**
 * `gone`: no longer pending and nobody told us why (executed, or decided while we could not listen).
 * `unknown`: our own decision was sent and its fate is being read back.
 */
export const approvalStatus = z.enum([
  'pending',
  'approved',
  'declined',
  'executed',
  'gone',
  'unknown',
  'other',
]);
export type ApprovalStatus = z.infer<typeof approvalStatus>;

/** A proposal of a bot that waits for a person. Text comes from the backend and is untrusted. */
export const approval = z.object({
  backendId: z.string(),
  id: z.string(),
  status: approvalStatus,
  /** The backend's own word for the status, where it is not one of ours. */
  rawStatus: z.string().nullable(),
  side: z.enum(['buy', 'sell', 'stake', 'other']),
  instrument: z.string().nullable(),
  /** Quantity in units of the instrument, where the backend gives one. */
  quantity: decimalString.nullable(),
  /** Share of the balance in percent, where the amount is an allocation and not a quantity. */
  allocationPct: decimalString.nullable(),
  /** Estimated value in US dollars at `priceThen`. */
  valueUsd: decimalString.nullable(),
  priceThen: decimalString.nullable(),
  title: z.string(),
  reason: z.string(),
  riskNotes: z.array(z.string()),
  /** Who asks: bot, rule or model. */
  proposer: z.string().nullable(),
  createdAtMs: epochMs,
  receivedAtMs: epochMs,
  /** When its wish was last seen to have become another one; absent while it never did. */
  changedAtMs: epochMs.optional(),
  expiresAtMs: epochMs.nullable(),
  decidedAtMs: epochMs.nullable(),
  decidedBy: z.string().nullable(),
  /** True when the decision was made by this desk. */
  decidedHere: z.boolean(),
  /** Proposals with the same key say the same thing and are shown as one group. */
  groupKey: z.string(),
  /** Can be executed as a trade from here, besides being marked. */
  executable: z.boolean(),
});
export type Approval = z.infer<typeof approval>;

/** Whether two readings of a proposal are the same wish; what it is worth by the price may differ, unless the worth is its only size. */
export function isSameWish(a: Approval, b: Approval): boolean {
  const isSized = a.quantity !== null || a.allocationPct !== null;
  return (
    a.side === b.side &&
    a.instrument === b.instrument &&
    a.quantity === b.quantity &&
    a.allocationPct === b.allocationPct &&
    (isSized || a.valueUsd === null || b.valueUsd === null || a.valueUsd === b.valueUsd)
  );
}

export const proposalKind = z.enum(PROPOSAL_KINDS);

/** One named check made before an act is let through the door (A3); shown on the card as it stands now. */
export const guardCheck = z.object({
  id: z.string(),
  label: z.string(),
  verdict: z.enum(['pass', 'warn', 'block']),
  detail: z.string(),
});
export type GuardCheck = z.infer<typeof guardCheck>;
