import { useMemo, useState } from 'react';

import type { Approval } from '#shared/domain/approvals/approval.ts';

import type { ApprovalGroup } from './approval-groups.ts';
import { approvalKeyOf } from './approval-groups.ts';

interface Picks {
  keys: ReadonlySet<string>;
  /** What is picked and still waits. */
  approvals: readonly Approval[];
  /** Picks or drops all of a group that wait. */
  pick: (group: ApprovalGroup, picked: boolean) => void;
  clear: () => void;
}

/** Proposals picked for a decision on several. What was decided meanwhile drops out by itself. */
export function usePicks(groups: readonly ApprovalGroup[]): Picks {
  const [keys, setKeys] = useState<ReadonlySet<string>>(new Set());
  const approvals = useMemo(
    () =>
      groups
        .flatMap((group) => group.members)
        .filter((member) => member.status === 'pending' && keys.has(approvalKeyOf(member))),
    [groups, keys],
  );
  return {
    keys,
    approvals,
    pick(group, picked) {
      setKeys((before) => {
        const next = new Set(before);
        for (const member of group.members) {
          if (picked && member.status === 'pending') next.add(approvalKeyOf(member));
          else next.delete(approvalKeyOf(member));
        }
        return next;
      });
    },
    clear: () => setKeys(new Set()),
  };
}
