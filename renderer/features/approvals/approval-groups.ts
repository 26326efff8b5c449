import type { Approval } from '#shared/domain/approvals/approval.ts';
import { entryKey } from '#shared/domain/desk.ts';
import type { Limits } from '#shared/domain/approvals/limits.ts';
import { approvalExpiresAtMs } from '#shared/domain/approvals/approval-expiry.ts';
import type { DecimalString } from '#shared/money.ts';
import { absolute, compare, percentChange } from '#shared/money.ts';

/** Proposals of one backend that say the same thing; shown as one card with a count, each to be decided by itself. */
export interface ApprovalGroup {
  key: string;
  /** The newest of them stands for all. */
  newest: Approval;
  /** Newest first, the newest included. */
  members: readonly Approval[];
}

/** A bot that asks again sizes its wish by the price of the moment; within this of the newest it still is the same wish. */
const SAME_QUANTITY_WITHIN_PCT = '5';

export const approvalKeyOf = (approval: Approval): string => entryKey(approval.backendId, approval.id);

/**
 * What waits for a decision, or for the fate of one, in groups of the same words, side and instrument and about the same
 * quantity or share: the group with the newest proposal first.
 */
export function groupWaiting(approvals: Iterable<Approval>): ApprovalGroup[] {
  const alike = new Map<string, Approval[]>();
  for (const approval of approvals) {
    if (approval.status !== 'pending' && approval.status !== 'unknown') continue;
    const { allocationPct, backendId, groupKey, instrument, side } = approval;
    // One whose fate is being read back stands alone: it must not hide among those that still can be decided.
    const key =
      approval.status === 'unknown'
        ? approvalKeyOf(approval)
        : entryKey(backendId, [groupKey, side, instrument, allocationPct].join(' '));
    const known = alike.get(key);
    if (known === undefined) alike.set(key, [approval]);
    else known.push(approval);
  }
  return [...alike]
    .flatMap(([key, unsorted]) => bySize(key, unsorted.sort(newestFirst)))
    .sort((a, b) => newestFirst(a.newest, b.newest));
}

/** Newest first: each that is not about as large as the newest of a group begins one of its own. */
function bySize(key: string, sorted: readonly Approval[]): ApprovalGroup[] {
  const groups: { key: string; newest: Approval; members: Approval[] }[] = [];
  for (const approval of sorted) {
    const fitting = groups.find(({ newest }) => isAboutAsLarge(newest.quantity, approval.quantity));
    if (fitting !== undefined) fitting.members.push(approval);
    else
      groups.push({
        key: groups.length === 0 ? key : `${key} ${approval.id}`,
        newest: approval,
        members: [approval],
      });
  }
  return groups;
}

function isAboutAsLarge(newest: DecimalString | null, other: DecimalString | null): boolean {
  if (newest === null || other === null) return newest === other;
  const change = percentChange(newest, other);
  return change === null ? newest === other : compare(absolute(change), SAME_QUANTITY_WITHIN_PCT) <= 0;
}

/** Groups that can be approved first, then those whose newest one expired or was replaced: they can only be declined. */
export function parted(
  groups: readonly ApprovalGroup[],
  now: { nowMs: number; limits: Limits; superseded: ReadonlyMap<string, Approval> },
): { open: ApprovalGroup[]; closed: ApprovalGroup[] } {
  const isClosed = ({ newest }: ApprovalGroup): boolean =>
    newest.status === 'pending' &&
    (approvalExpiresAtMs(newest, now.limits) <= now.nowMs || now.superseded.has(approvalKeyOf(newest)));
  return {
    open: groups.filter((group) => !isClosed(group)),
    closed: groups.filter(isClosed),
  };
}

const newestFirst = (a: Approval, b: Approval): number =>
  b.createdAtMs - a.createdAtMs || (a.id < b.id ? 1 : -1);
