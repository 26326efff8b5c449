import type { Destination } from '#shared/domain/attention/attention.ts';
import type { CommandOutcome } from '#shared/domain/command.ts';
import { entryKey } from '#shared/domain/desk.ts';

import type { CommandDoor } from '../commands/port.ts';

export interface QuickDecision {
  origin: 'tray' | 'notification';
  act: 'approval.approve' | 'approval.decline';
  backendId: string;
  approvalId: string;
}

export interface QuickDecisionParts {
  door: Pick<CommandDoor, 'submit'>;
  newRequestId(): string;
  /** Opens the window where the question can be asked that a menu has no room for. */
  open(destination: Destination): void;
  /** Says in the window what became of it. */
  tell(outcome: CommandOutcome, decision: QuickDecision): void;
}

/**
 * Decides from a place that cannot ask back (the tray, a notification's button): through the door like any other
 * decision, with no warning accepted beforehand. Whatever is not plainly done opens the window at the approval (A3, A4).
 */
export function createQuickDecision({ door, newRequestId, open, tell }: QuickDecisionParts) {
  return async (decision: QuickDecision): Promise<void> => {
    const { act, approvalId, backendId, origin } = decision;
    const outcome = await door.submit({
      requestId: newRequestId(),
      backendId,
      act,
      params: { approvalId },
      origin,
      acceptedWarnings: [],
    });
    if (outcome.status === 'confirmed') return;
    open({ place: 'approvals', itemId: entryKey(backendId, approvalId) });
    tell(outcome, decision);
  };
}

/** The parts of an approval's key, the opposite of `entryKey`: a backend's id holds no slash. */
export function parseApprovalKey(key: string): { backendId: string; approvalId: string } | null {
  const slash = key.indexOf('/');
  return slash <= 0 || slash === key.length - 1
    ? null
    : { backendId: key.slice(0, slash), approvalId: key.slice(slash + 1) };
}
