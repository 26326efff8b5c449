import type { Approval } from '#shared/domain/approvals/approval.ts';

import type { Market } from './approvals.ts';
import { mapApproval, mapStatus } from './approvals.ts';
import { plainText } from '../../lib/clean.ts';
import type { WireApproval, WireApprovalUpdate } from './protocol.ts';
import { wireApproval } from './protocol.ts';
import { createRecent, createSeen } from '../../lib/recent.ts';
import type { TrackerContext } from './tracker-context.ts';

/** CoinRuler's page of pending approvals holds this many; a full one says nothing about what is beyond it (§4.1). */
export const PENDING_PAGE = 50;

/** The name that this desk gives as the one who acted. */
export const ACTED_BY = 'quarterdeck';

type Decision = 'approved' | 'declined' | 'executed';

interface Heard {
  status: string;
  actedBy: string | null;
  /** Of the steady clock. */
  atSteadyMs: number;
}

export interface ApprovalsTracker {
  proposed(wire: WireApproval): void;
  updated(wire: WireApprovalUpdate): void;
  /** A reading of the pending list. `askedAtMs` is when it was asked: what the desk learned after that is newer. */
  read(items: readonly unknown[], askedAtMs: number): { approvals: Approval[]; complete: boolean };
  /** A decision or execution that was learned by another way than its event. */
  settled(approvalId: string, status: Decision, occurredAtMs: number | null): void;
  /** This desk is about to decide; whatever then says so counts as decided here. */
  decidingHere(approvalId: string, status: Decision): void;
  /** As the desk shows it. */
  shown(approvalId: string): Approval | undefined;
  /** The last status other than pending that was learned, with when that was. */
  heard(approvalId: string): Heard | undefined;
}

export function createApprovalsTracker(context: TrackerContext, market: Market): ApprovalsTracker {
  const { backendId, now, steadyMs, emit } = context;
  const shown = createRecent<Approval>(500);
  const heard = createRecent<Heard>(500);
  const updates = createRecent<string>(500);
  const executed = createSeen(500);
  const here = createRecent<string>(100);

  function announce(
    approvalId: string,
    word: string,
    decidedBy: string | null,
    occurredAtMs: number | null,
  ): void {
    const { status, rawStatus } = mapStatus(word);
    const decidedHere = here.get(approvalId) === status;
    const receivedAtMs = now();
    emit({
      type: 'approval-status',
      backendId,
      approvalId,
      status,
      rawStatus,
      decidedBy,
      decidedHere,
      occurredAtMs,
      receivedAtMs,
    });
  }

  return {
    proposed(wire) {
      if (shown.get(wire.id) !== undefined) return;
      const approval = mapApproval(wire, { backendId, receivedAtMs: now(), market });
      shown.set(wire.id, approval);
      emit({ type: 'approval-proposed', approval });
    },
    updated({ id, status, actedBy }) {
      const by = plainText(actedBy, 80) || null;
      heard.set(id, { status, actedBy: by, atSteadyMs: steadyMs() });
      // §7.1: the same update twice is one; §7.3: ids may be unknown and the status any text.
      const update = `${status} ${by ?? ''}`;
      if (updates.get(id) === update) return;
      updates.set(id, update);
      announce(id, status, by, null);
    },
    read(items, askedAtMs) {
      const approvals: Approval[] = [];
      for (const item of items) {
        const parsed = wireApproval.safeParse(item);
        if (!parsed.success) continue;
        const approval = mapApproval(parsed.data, { backendId, receivedAtMs: now(), market });
        approvals.push(approval);
        shown.set(approval.id, approval);
      }
      const complete = items.length < PENDING_PAGE;
      emit({ type: 'approvals-read', backendId, approvals, complete, readAtMs: askedAtMs });
      return { approvals, complete };
    },
    settled(approvalId, status, occurredAtMs) {
      if (status === 'executed' && !executed.add(approvalId)) return;
      const by = here.get(approvalId) === status ? ACTED_BY : null;
      heard.set(approvalId, { status, actedBy: by, atSteadyMs: steadyMs() });
      announce(approvalId, status, by, occurredAtMs);
    },
    decidingHere: (approvalId, status) => here.set(approvalId, status),
    shown: (approvalId) => shown.get(approvalId),
    heard: (approvalId) => heard.get(approvalId),
  };
}
