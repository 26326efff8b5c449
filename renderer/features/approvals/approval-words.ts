import type { Approval, ApprovalStatus } from '#shared/domain/approvals/approval.ts';
import type { CommandOutcome } from '#shared/domain/command.ts';
import { t } from '#shared/words.ts';

import type { Tone } from '../../ui/badge.tsx';
import { formatQuantity } from '../../ui/format.ts';
import type { DecisionAct } from './decisions.ts';

/** The amount as it was proposed: units, or a share of the balance. */
export function amountWords(approval: Approval): string {
  if (approval.quantity !== null) {
    return `${formatQuantity(approval.quantity, approval.priceThen)} ${approval.instrument ?? ''}`.trim();
  }
  if (approval.allocationPct !== null) {
    return t('{quantity}% of {instrument}', {
      quantity: formatQuantity(approval.allocationPct),
      instrument: approval.instrument ?? t('the balance'),
    });
  }
  return approval.instrument ?? t('No amount given');
}

export const statusWords: Record<ApprovalStatus, { word: string; tone: Tone }> = {
  pending: { word: t('Waiting'), tone: 'accent' },
  approved: { word: t('Approved'), tone: 'ok' },
  declined: { word: t('Declined'), tone: 'neutral' },
  executed: { word: t('Executed'), tone: 'ok' },
  gone: { word: t('No longer pending'), tone: 'neutral' },
  unknown: { word: t('Unknown, checking'), tone: 'warn' },
  other: { word: t('Other'), tone: 'neutral' },
};

export const actWords: Record<DecisionAct, { doing: string; done: string }> = {
  'approval.approve': { doing: t('Approving'), done: t('Approved') },
  'approval.decline': { doing: t('Declining'), done: t('Declined') },
  'approval.execute': { doing: t('Approving and executing'), done: t('Executed') },
};

/** What an outcome is called (A5): a time-out is neither success nor failure. */
export function outcomeWords(
  act: DecisionAct,
  status: CommandOutcome['status'],
): { word: string; tone: Tone } {
  const words: Record<CommandOutcome['status'], { word: string; tone: Tone }> = {
    confirmed: { word: t('{done}, read back from the backend', { done: actWords[act].done }), tone: 'ok' },
    unconfirmed: { word: t('Sent, fate unknown; still checking'), tone: 'warn' },
    rejected: { word: t('Refused by the backend'), tone: 'danger' },
    blocked: { word: t('Not sent'), tone: 'danger' },
    'needs-code': { word: t('Needs a one-time code'), tone: 'warn' },
  };
  return words[status];
}

/** The difference between the two ways to say yes, where the backend's kind has no words of its own. */
export const approveHelp: Record<Exclude<DecisionAct, 'approval.decline'>, string> = {
  'approval.approve': t('Marks it as approved. The bot acts on that by itself; no order is sent from here.'),
  'approval.execute': t('Approves it and sends the order now.'),
};
