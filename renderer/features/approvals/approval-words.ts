import type { Approval, ApprovalStatus } from '#shared/domain/approval.ts';
import type { CommandOutcome } from '#shared/domain/command.ts';

import type { Tone } from '../../ui/badge.tsx';
import { formatQuantity } from '../../ui/format.ts';
import type { DecisionAct } from './decisions.ts';

/** The amount as it was proposed: units, or a share of the balance. */
export function amountWords(approval: Approval): string {
  if (approval.quantity !== null) {
    return `${formatQuantity(approval.quantity, approval.priceThen)} ${approval.instrument ?? ''}`.trim();
  }
  if (approval.allocationPct !== null) {
    return `${formatQuantity(approval.allocationPct)}% of ${approval.instrument ?? 'the balance'}`;
  }
  return approval.instrument ?? 'No amount given';
}

export const statusWords: Record<ApprovalStatus, { word: string; tone: Tone }> = {
  pending: { word: 'Waiting', tone: 'accent' },
  approved: { word: 'Approved', tone: 'ok' },
  declined: { word: 'Declined', tone: 'neutral' },
  executed: { word: 'Executed', tone: 'ok' },
  gone: { word: 'No longer pending', tone: 'neutral' },
  unknown: { word: 'Unknown, checking', tone: 'warn' },
  other: { word: 'Other', tone: 'neutral' },
};

export const actWords: Record<DecisionAct, { doing: string; done: string }> = {
  'approval.approve': { doing: 'Approving', done: 'Approved' },
  'approval.decline': { doing: 'Declining', done: 'Declined' },
  'approval.execute': { doing: 'Approving and executing', done: 'Executed' },
};

/** What an outcome is called (A5): a time-out is neither success nor failure. */
export function outcomeWords(
  act: DecisionAct,
  status: CommandOutcome['status'],
): { word: string; tone: Tone } {
  const words: Record<CommandOutcome['status'], { word: string; tone: Tone }> = {
    confirmed: { word: `${actWords[act].done}, read back from the backend`, tone: 'ok' },
    unconfirmed: { word: 'Sent, fate unknown; still checking', tone: 'warn' },
    rejected: { word: 'Refused by the backend', tone: 'danger' },
    blocked: { word: 'Not sent', tone: 'danger' },
    'needs-code': { word: 'Needs a one-time code', tone: 'warn' },
  };
  return words[status];
}

/** The difference between the two ways to say yes, where the backend's kind has no words of its own. */
export const approveHelp: Record<Exclude<DecisionAct, 'approval.decline'>, string> = {
  'approval.approve': 'Marks it as approved. The bot acts on that by itself; no order is sent from here.',
  'approval.execute': 'Approves it and sends the order now.',
};
