import type { EpochMs } from '../../time.ts';
import { MINUTE_MS } from '../../time.ts';
import type { Approval } from './approval.ts';
import type { Limits } from './limits.ts';
import type { ProposalKind } from './proposal-kind.ts';
import { proposalKindOf } from './proposal-kind.ts';

/** What decides how long a proposal stands. */
export type ExpiryLimits = Pick<Limits, 'approvalExpiryMinutes' | 'expiryMinutesByKind' | 'byBackend'>;

/**
 * When a proposal can no longer be approved (A2): the backend's own expiry, else the person's limit counted from its creation.
 * One that says it was made later than it came here would never expire, so its coming counts.
 */
export function approvalExpiresAtMs(
  approval: Pick<Approval, 'backendId' | 'expiresAtMs' | 'createdAtMs' | 'receivedAtMs' | KindMembers>,
  { approvalExpiryMinutes, byBackend, expiryMinutesByKind }: ExpiryLimits,
): EpochMs {
  const kind: ProposalKind = proposalKindOf(approval);
  const minutes =
    byBackend[approval.backendId]?.approvalExpiryMinutes ??
    expiryMinutesByKind[kind] ??
    approvalExpiryMinutes;
  const madeAtMs = Math.min(approval.createdAtMs, approval.receivedAtMs);
  return approval.expiresAtMs ?? madeAtMs + minutes * MINUTE_MS;
}

type KindMembers = 'side' | 'quantity' | 'allocationPct';
