import type { ApprovalStatus } from '#shared/domain/approvals/approval.ts';

import type { DeskPort } from '../desk/port.ts';
import type { Clock } from '../lib/clock.ts';
import type { Facts } from './facts.ts';

/** Who the desk says decided; the same word that backends are given. */
const DECIDED_BY = 'quarterdeck';

/**
 * Tells the desk what became of a decision made here. `unknown` while its fate is read back, `pending` when it turned
 * out not to have been made. For a command that decides nothing there is nothing to tell.
 */
export function announceDecision(
  parts: { desk: Pick<DeskPort, 'dispatch'>; clock: Pick<Clock, 'now'> },
  { command, decision }: Pick<Facts, 'command' | 'decision'>,
  status: ApprovalStatus,
): void {
  if (decision === null) return;
  parts.desk.dispatch({
    type: 'approval-status',
    backendId: command.backendId,
    approvalId: decision.approvalId,
    status,
    rawStatus: null,
    decidedBy: status === 'gone' ? null : DECIDED_BY,
    decidedHere: true,
    occurredAtMs: null,
    receivedAtMs: parts.clock.now(),
  });
}
