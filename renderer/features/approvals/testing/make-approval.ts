import type { Approval } from '#shared/domain/approvals/approval.ts';
import { t } from '#shared/words.ts';

/** A pending proposal for a test, with what matters to it changed. */
export const makeApproval = (change: Partial<Approval> = {}): Approval => ({
  backendId: 'one',
  id: 'a1',
  status: 'pending',
  rawStatus: null,
  side: 'buy',
  instrument: 'XRP',
  quantity: '10',
  allocationPct: null,
  valueUsd: '5.2',
  priceThen: '0.52',
  title: t('XRP fell under its band'),
  reason: '',
  riskNotes: [],
  proposer: null,
  createdAtMs: 1_000,
  receivedAtMs: 1_000,
  expiresAtMs: null,
  decidedAtMs: null,
  decidedBy: null,
  decidedHere: false,
  groupKey: 'dip-xrp',
  executable: true,
  ...change,
});
