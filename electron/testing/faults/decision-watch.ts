import type { ApprovalStatus } from '#shared/domain/approvals/approval.ts';
import type { DeskPatch } from '#shared/domain/desk.ts';

/** D3: late events and late answers do not undo a decision. Looks at every change of a proposal. */
export function createDecisionWatch(
  onFellBack: (words: string) => void,
): (patches: readonly DeskPatch[]) => void {
  const decided = new Map<string, ApprovalStatus>();
  return (patches) => {
    for (const { slice, key, value } of patches) {
      if (slice !== 'approvals') continue;
      const before = decided.get(key);
      if (value === null) decided.delete(key);
      else if (DECIDED.has(value.status)) decided.set(key, value.status);
      else if (before !== undefined && value.status === 'pending')
        onFellBack(`${key} was ${before} and is shown as pending again`);
    }
  };
}

const DECIDED: ReadonlySet<ApprovalStatus> = new Set(['approved', 'declined', 'executed']);
