import type { Approval, ApprovalStatus } from '#shared/domain/approvals/approval.ts';
import type { DeskEvent, DeskPatch } from '#shared/domain/desk.ts';
import { isSameWish } from '#shared/domain/approvals/approval.ts';
import { entryKey } from '#shared/domain/desk.ts';

import { estimate } from './approval-estimate.ts';
import { DECIDED_APPROVALS_KEPT, keysToEvict, PENDING_APPROVALS_CEILING } from './bounds.ts';
import { isOvertaken } from '../lib/overtaken.ts';
import { isEqual } from './equal.ts';
import type { IndexedDesk } from './state.ts';

type ApprovalsRead = Extract<DeskEvent, { type: 'approvals-read' }>;
type StatusEvent = Extract<DeskEvent, { type: 'approval-status' }>;

/**
 * What we know beats what we only infer: a decision that was told beats "gone", and an execution beats a decision.
 * Nothing falls back to a lower step by an event that merely says "pending" again.
 */
const CERTAINTY: Record<ApprovalStatus, number> = {
  pending: 0,
  unknown: 1,
  gone: 2,
  other: 3,
  approved: 3,
  declined: 3,
  executed: 4,
};

/** Reconciles with the backend's own list of what is pending (D3): what is new appears, what is missing is gone. */
export function applyApprovalsRead(desk: IndexedDesk, event: ApprovalsRead): DeskPatch[] {
  const patches: DeskPatch[] = [];
  const listed = new Set<string>();
  for (const approval of event.approvals) {
    const key = keyOf(approval);
    if (listed.has(key)) continue;
    listed.add(key);
    const value = reconciled(desk, approval, event.readAtMs);
    if (value !== null) patches.push(...withRoom(desk, key, value));
  }
  if (!event.complete) return patches;
  for (const key of desk.keys('pendingOf', event.backendId)) {
    const known = desk.get('approvals', key);
    // One that arrived after the list was read cannot be on it.
    if (known === undefined || listed.has(key) || isOvertaken(event.readAtMs, known.receivedAtMs)) continue;
    const value: Approval = { ...known, status: 'gone', decidedAtMs: event.readAtMs };
    patches.push(...withRoom(desk, key, value));
  }
  return patches;
}

export function applyApprovalProposed(desk: IndexedDesk, approval: Approval): DeskPatch[] {
  const value = reconciled(desk, approval, null);
  return value === null ? [] : withRoom(desk, keyOf(approval), value);
}

/** A status heard or re-read. Unknown approvals are not invented from it: there is nothing to show of them. */
export function applyApprovalStatus(desk: IndexedDesk, event: StatusEvent): DeskPatch[] {
  const key = entryKey(event.backendId, event.approvalId);
  const known = desk.get('approvals', key);
  if (known === undefined) return [];
  const atMs = event.occurredAtMs ?? event.receivedAtMs;
  if (event.status === 'pending') {
    // Only our own door takes back what it announced itself: the decision turned out not to have been made.
    return known.status === 'unknown' && event.decidedHere ? withRoom(desk, key, undecided(known)) : [];
  }
  const step = CERTAINTY[event.status] - CERTAINTY[known.status];
  if (step < 0 || (step === 0 && known.decidedAtMs !== null && atMs < known.decidedAtMs)) return [];
  const sameDecision = known.status === event.status && known.rawStatus === event.rawStatus;
  const value: Approval = {
    ...known,
    status: event.status,
    rawStatus: event.rawStatus,
    decidedAtMs: sameDecision ? (known.decidedAtMs ?? atMs) : atMs,
    decidedBy: event.decidedBy ?? (sameDecision ? known.decidedBy : null),
    decidedHere: event.decidedHere || (sameDecision && known.decidedHere),
  };
  return isEqual(known, value) ? [] : withRoom(desk, key, value);
}

/** What the desk makes of a proposal that was read at `readAtMs` or (`null`) announced; `null` when nothing changes. */
function reconciled(desk: IndexedDesk, shown: Approval, readAtMs: number | null): Approval | null {
  const known = desk.get('approvals', keyOf(shown));
  if (known === undefined) return { ...shown, ...estimate(desk, shown), decidedHere: false };
  const isSame = isSameWish(known, shown);
  const changedAtMs = isSame ? known.changedAtMs : (readAtMs ?? shown.receivedAtMs);
  const details: Approval = {
    ...shown,
    // First seen stays first seen, and the price then stays the price then, whatever a re-read fills in.
    receivedAtMs: known.receivedAtMs,
    priceThen: known.priceThen ?? shown.priceThen,
    valueUsd: isSame ? (known.valueUsd ?? shown.valueUsd) : shown.valueUsd,
    ...(changedAtMs === undefined ? {} : { changedAtMs }),
    ...standing(known),
  };
  if (shown.status === 'pending') {
    if (known.status === 'pending') return unlessEqual(known, { ...details, ...estimate(desk, details) });
    // "Gone" was our inference from a list; a newer list that shows it again corrects us. An announcement may be a
    // replay and corrects nothing, and a decision is never undone.
    const inferred = known.status === 'gone' || known.status === 'other';
    const goneAtMs = known.decidedAtMs ?? 0;
    const isNewer = readAtMs !== null && readAtMs !== goneAtMs && !isOvertaken(readAtMs, goneAtMs);
    const isBack = inferred && isNewer;
    return isBack ? undecided({ ...details, ...estimate(desk, details) }) : null;
  }
  if (CERTAINTY[shown.status] < CERTAINTY[known.status] || shown.status === known.status) return null;
  const { status, rawStatus, decidedBy } = shown;
  return {
    ...details,
    status,
    rawStatus,
    decidedBy,
    decidedAtMs: shown.decidedAtMs ?? readAtMs ?? shown.receivedAtMs,
    decidedHere: false,
  };
}

const standing = ({
  status,
  rawStatus,
  decidedAtMs,
  decidedBy,
  decidedHere,
}: Approval): Partial<Approval> => ({
  status,
  rawStatus,
  decidedAtMs,
  decidedBy,
  decidedHere,
});

const undecided = (approval: Approval): Approval => ({
  ...approval,
  status: 'pending',
  rawStatus: null,
  decidedAtMs: null,
  decidedBy: null,
  decidedHere: false,
});

const unlessEqual = (known: Approval, value: Approval): Approval | null =>
  isEqual(known, value) ? null : value;

/** The patch for an approval, and those that make room for it where it is new to its list. */
function withRoom(desk: IndexedDesk, key: string, value: Approval): DeskPatch[] {
  const pending = desk.keys('approvalsBy', 'pending');
  const decided = desk.keys('approvalsBy', 'decided');
  const isPending = value.status === 'pending' || value.status === 'unknown';
  const [list, kept] = isPending ? [pending, PENDING_APPROVALS_CEILING] : [decided, DECIDED_APPROVALS_KEPT];
  const evicted = list.has(key) ? [] : keysToEvict(list, kept);
  return [
    ...evicted.map((evictedKey): DeskPatch => ({ slice: 'approvals', key: evictedKey, value: null })),
    { slice: 'approvals', key, value },
  ];
}

const keyOf = (approval: Approval): string => entryKey(approval.backendId, approval.id);
