import type { Approval, ApprovalStatus } from '#shared/domain/approvals/approval.ts';
import type { DeskEvent, DeskPatch } from '#shared/domain/desk.ts';
import { entryKey } from '#shared/domain/desk.ts';
import { t } from '#shared/words.ts';

import type { DeskReader } from '../../desk/port.ts';
import type { Considered, Consideration } from './considered.ts';
import type { Manners } from './manners.ts';
import { bodyText, isPractice, nameOf, practiceMark, titleText } from './words.ts';

/** Several that say the same thing (`groupKey`) share one notice, whose key this is. */
const groupOf = (approval: Approval): string =>
  `approvals/${entryKey(approval.backendId, approval.groupKey)}`;

const waitingKey = (practice: boolean): string => `approvals-waiting/${practice ? 'practice' : 'real'}`;

interface Known {
  status: ApprovalStatus;
  group: string;
  practice: boolean;
}

/**
 * New proposals, and those that no longer wait. What a backend's first list holds was there before the desk looked, so
 * it is one summary and not a notice each.
 */
export function createApprovalPolicy(desk: DeskReader, manners: Manners) {
  const known = new Map<string, Known>();
  const pendingOf = new Map<string, Set<string>>();
  const caughtUp = new Set<string>();

  function consider(patches: readonly DeskPatch[], event: DeskEvent): Consideration {
    const withdrawn: string[] = [];
    const fresh = new Map<string, Approval>();
    const found = new Set<string>();
    const isFirstList = event.type === 'approvals-read' && !caughtUp.has(event.backendId);

    for (const patch of patches) {
      if (patch.slice === 'links' && patch.value?.state.kind === 'live') caughtUp.add(patch.value.backendId);
      if (patch.slice === 'backends' && patch.value === null) caughtUp.delete(patch.key);
      if (patch.slice !== 'approvals') continue;
      const { key, value } = patch;
      const before = known.get(key);
      const now = value === null ? null : knownOf(value);
      if (now === null) known.delete(key);
      else known.set(key, now);

      const isPending = value !== null && value.status === 'pending';
      const wasPending = before?.status === 'pending';
      if (before !== undefined && !(isPending && before.group === now?.group))
        withdrawn.push(...leave(key, before));
      if (!isPending || now === null || (wasPending && before.group === now.group)) continue;
      if (isFirstList) {
        enter(waitingKey(now.practice), key);
        found.add(waitingKey(now.practice));
      } else {
        enter(now.group, key);
        // Back to pending from "unknown" is the person's own decision that was not made: the window says so.
        if (before?.status !== 'unknown') fresh.set(now.group, value);
      }
    }
    if (isFirstList) caughtUp.add(event.backendId);
    return {
      notices: [
        ...[...found].map((key) => waitingNotice(key)),
        ...[...fresh].map(([group, approval]) => askedNotice(group, approval)),
      ],
      withdrawn,
    };
  }

  const knownOf = (approval: Approval): Known => ({
    status: approval.status,
    group: groupOf(approval),
    practice: isPractice(desk, approval.backendId),
  });

  function enter(group: string, key: string): void {
    const members = pendingOf.get(group) ?? new Set();
    pendingOf.set(group, members.add(key));
  }

  /** The keys of notices about which nothing is left to decide. */
  function leave(key: string, before: Known): string[] {
    return [before.group, waitingKey(before.practice)].filter((group) => {
      const members = pendingOf.get(group);
      if (members?.delete(key) !== true || members.size > 0) return false;
      pendingOf.delete(group);
      return true;
    });
  }

  function waitingNotice(key: string): Considered {
    const keys = [...(pendingOf.get(key) ?? [])];
    const titles = keys.flatMap((approvalKey) => desk.get('approvals', approvalKey)?.title ?? []);
    const practice = key === waitingKey(true);
    return {
      notice: {
        key,
        backendId: null,
        title: `${practiceMark(practice)}${t('{count, plural, one {# approval waits} other {# approvals wait}}', { count: keys.length })}`,
        body: bodyText(titles.slice(0, 3).join(' · ')),
        ...manners('approvals-waiting', null),
        destination: { place: 'approvals', itemId: null },
        approvalKey: null,
      },
      occasion: 'approvals-waiting',
      alert: null,
      family: key,
      heading: `${practiceMark(practice)}${t('Approvals')}`,
      noun: 'proposal',
      escalates: false,
    };
  }

  function askedNotice(group: string, approval: Approval): Considered {
    const { backendId } = approval;
    const key = entryKey(backendId, approval.id);
    const count = pendingOf.get(group)?.size ?? 1;
    const heading = `${practiceMark(isPractice(desk, backendId))}${nameOf(desk, backendId)}`;
    const wish =
      count === 1
        ? approval.title
        : t('{count, plural, one {# proposal} other {# proposals}} alike, {title}', {
            count,
            title: approval.title,
          });
    return {
      notice: {
        key: group,
        backendId,
        title: titleText(`${heading}: ${wish}`),
        body: bodyText(approval.reason),
        ...manners('approval-asked', backendId),
        destination: { place: 'approvals', itemId: key },
        // Buttons decide about one proposal; about several the person decides in the window.
        approvalKey: count === 1 ? key : null,
      },
      occasion: 'approval-asked',
      alert: null,
      family: `approvals/${backendId}`,
      heading,
      noun: 'proposal',
      escalates: false,
    };
  }

  return consider;
}
