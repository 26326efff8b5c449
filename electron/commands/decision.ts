import type { ApprovalStatus } from '#shared/domain/approvals/approval.ts';
import type { Command } from '#shared/domain/command.ts';

/** A command that decides a proposal. Backends name these acts alike, so that the door can keep each to one decision. */
export interface Decision {
  approvalId: string;
  /** The status that the proposal has once the act took effect. */
  intends: Extract<ApprovalStatus, 'approved' | 'declined' | 'executed'>;
}

const INTENDED: ReadonlyMap<string, Decision['intends']> = new Map([
  ['approval.approve', 'approved'],
  ['approval.decline', 'declined'],
  ['approval.execute', 'executed'],
]);

/** Whether an act decides a proposal, also where it names none that could be one. */
export const isDecision = ({ act }: Pick<Command, 'act'>): boolean => INTENDED.has(act);

/** The decision that an act stands for; `null` for every other act. */
export function decisionOf({ act, params }: Pick<Command, 'act' | 'params'>): Decision | null {
  const intends = INTENDED.get(act);
  const approvalId = params.approvalId;
  return intends === undefined || typeof approvalId !== 'string' || approvalId.trim() !== approvalId
    ? null
    : { approvalId, intends };
}
