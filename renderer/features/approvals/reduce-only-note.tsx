import { ShieldCheck } from 'lucide-react';

import type { Approval } from '#shared/domain/approvals/approval.ts';
import { t } from '#shared/words.ts';

import { useReduceOnly } from '../../stores/reduce-only.ts';
import type { ApprovalGroup } from './approval-groups.ts';

/** On a card: why it can only be declined now (K3, A3). */
export function ReduceOnlyNote({ approval }: { approval: Approval }) {
  const reason = useReduceOnly().get(approval.backendId);
  if (reason === undefined || approval.status !== 'pending') return null;
  return (
    <p role="status" className="flex items-start gap-2 rounded-lg bg-warn-soft px-3 py-2 text-xs text-warn">
      <ShieldCheck size={14} aria-hidden className="mt-0.5 shrink-0" />
      <span>
        {t('Only what lowers risk can be done here: {reason}. Declining lowers risk and stays possible.', {
          reason,
        })}
      </span>
    </p>
  );
}

/** Over the queue, where that holds for all that waits. */
export function ReduceOnlyStrip({ groups }: { groups: readonly ApprovalGroup[] }) {
  const reasons = useReduceOnly();
  const concerned = groups.map(({ newest }) => reasons.get(newest.backendId));
  const [first] = concerned;
  if (first === undefined || concerned.includes(undefined)) return null;
  return (
    <p
      data-keep-clear
      className="flex shrink-0 items-center gap-2 border-b border-line bg-warn-soft px-3 py-2 text-xs text-warn"
    >
      <ShieldCheck size={13} aria-hidden className="shrink-0" />{' '}
      {t('Only declining is possible: {first}.', { first })}
    </p>
  );
}
