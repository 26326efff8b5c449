import type { Approval } from '#shared/domain/approval.ts';
import { entryKey } from '#shared/domain/desk.ts';
import type { DecimalString } from '#shared/money.ts';
import { add } from '#shared/money.ts';

/** Proposals of one backend that say the same thing; shown as one row with a count. */
export interface ApprovalGroup {
  key: string;
  /** The newest of them stands for all. */
  newest: Approval;
  /** Newest first, the newest included. */
  members: readonly Approval[];
}

export const approvalKeyOf = (approval: Approval): string => entryKey(approval.backendId, approval.id);

/** What waits for a decision, or for the fate of one: the group with the newest proposal first. */
export function groupWaiting(approvals: Iterable<Approval>): ApprovalGroup[] {
  const groups = new Map<string, Approval[]>();
  for (const approval of approvals) {
    if (approval.status !== 'pending' && approval.status !== 'unknown') continue;
    // One whose fate is being read back stands alone: it must not hide among those that still can be decided.
    const key =
      approval.status === 'unknown'
        ? approvalKeyOf(approval)
        : entryKey(approval.backendId, approval.groupKey);
    const members = groups.get(key);
    if (members === undefined) groups.set(key, [approval]);
    else members.push(approval);
  }
  return [...groups]
    .flatMap(([key, unsorted]): ApprovalGroup[] => {
      const members = unsorted.sort(newestFirst);
      const newest = members[0];
      return newest === undefined ? [] : [{ key, newest, members }];
    })
    .sort((a, b) => newestFirst(a.newest, b.newest));
}

/** What was decided or went away, the latest first. */
export const decidedApprovals = (approvals: Iterable<Approval>): Approval[] =>
  [...approvals]
    .filter((approval) => approval.status !== 'pending' && approval.status !== 'unknown')
    .sort((a, b) => (b.decidedAtMs ?? b.receivedAtMs) - (a.decidedAtMs ?? a.receivedAtMs));

/** The value of several, and how many have none that is known, so that the total is too low by them (A7). */
export function totalValue(approvals: readonly Approval[]): { totalUsd: DecimalString; unknown: number } {
  let totalUsd: DecimalString = '0';
  let unknown = 0;
  for (const { valueUsd } of approvals) {
    if (valueUsd === null) unknown += 1;
    else totalUsd = add(totalUsd, valueUsd);
  }
  return { totalUsd, unknown };
}

const newestFirst = (a: Approval, b: Approval): number =>
  b.createdAtMs - a.createdAtMs || (a.id < b.id ? 1 : -1);
