import { useState } from 'react';

import type { Approval } from '#shared/domain/approval.ts';

import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Money } from '../../ui/figures.tsx';
import { VirtualList } from '../../ui/virtual-list.tsx';
import { approvalKeyOf, totalValue } from './approval-groups.ts';
import { Subject } from './decision-dialogs.tsx';
import type { DecisionAct } from './decisions.ts';
import { decide, useDecisions } from './decisions.ts';
import { OutcomeNote } from './outcome-note.tsx';

interface BulkDialogProps {
  act: Exclude<DecisionAct, 'approval.execute'>;
  /** What was picked when the dialog opened; it does not change under the person's hand. */
  approvals: readonly Approval[];
  onClose: () => void;
}

/** The summary before several are decided, with the total value (A7); then how far each has come. */
export function BulkDialog({ act, approvals, onClose }: BulkDialogProps) {
  const [progress, setProgress] = useState<{ running: boolean; done: number } | null>(null);
  const { totalUsd, unknown } = totalValue(approvals);
  const approving = act === 'approval.approve';

  async function run(): Promise<void> {
    // One after the other: a question about one is answered before the next is sent.
    for (const [index, approval] of approvals.entries()) {
      setProgress({ running: true, done: index });
      await decide(approvalKeyOf(approval), act);
      await questionAnswered();
    }
    setProgress({ running: false, done: approvals.length });
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && progress?.running !== true && onClose()}
      title={`${approving ? 'Approve' : 'Decline'} ${approvals.length} proposals?`}
      description={
        approving
          ? 'Each goes through the same checks as when approved alone. Approving only marks; nothing is executed from here.'
          : 'Each is declined on its backend.'
      }
      footer={
        progress === null ? (
          <>
            <Button onClick={onClose}>Cancel</Button>
            <Button variant={approving ? 'primary' : 'secondary'} onClick={() => void run()}>
              {approving ? 'Approve' : 'Decline'} all {approvals.length}
            </Button>
          </>
        ) : (
          <Button busy={progress.running} onClick={onClose}>
            {progress.running ? `${progress.done} of ${approvals.length}` : 'Close'}
          </Button>
        )
      }
    >
      <p className="mb-3 flex items-baseline gap-2 rounded-lg border border-line bg-canvas px-3 py-2.5">
        <span className="text-sm text-muted">Total value</span>
        <Money value={totalUsd} className="text-xl font-semibold text-ink" />
        {unknown > 0 && <span className="text-xs text-warn">and {unknown} whose value is not known</span>}
      </p>
      <VirtualList
        label="Picked proposals"
        items={approvals}
        itemKey={approvalKeyOf}
        estimateHeight={48}
        className="max-h-72"
        renderItem={(approval) => (
          <div className="pb-1.5">
            <Subject approval={approval} />
            <OutcomeNote approvalKey={approvalKeyOf(approval)} className="px-3 pt-1" />
          </div>
        )}
      />
    </Dialog>
  );
}

/** Waits until no question of a decision is open. */
function questionAnswered(): Promise<void> {
  return new Promise((resolve) => {
    const done = (): boolean =>
      useDecisions.getState().question === null &&
      [...useDecisions.getState().byApproval.values()].every((decision) => decision.phase !== 'sending');
    if (done()) {
      resolve();
      return;
    }
    const stop = useDecisions.subscribe(() => {
      if (!done()) return;
      stop();
      resolve();
    });
  });
}
