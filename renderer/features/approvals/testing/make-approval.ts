import type { Approval } from '#shared/domain/approvals/approval.ts';
import { t } from '#shared/words.ts';
import { anApproval } from '#shared/domain/testing/entries.ts';

/** A pending proposal for a test, with what matters to it changed. */
export const makeApproval = (change: Partial<Approval> = {}): Approval =>
  anApproval({
    backendId: 'one',
    id: 'a1',
    instrument: 'XRP',
    quantity: '10',
    valueUsd: '5.2',
    priceThen: '0.52',
    title: t('XRP fell under its band'),
    reason: '',
    proposer: null,
    createdAtMs: 1_000,
    receivedAtMs: 1_000,
    groupKey: 'dip-xrp',
    ...change,
  });
