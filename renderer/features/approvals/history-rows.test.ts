import { expect, it } from 'vitest';

import type { CommandRecord } from '#shared/domain/approvals/decision-record.ts';

import { decisionWords, historyRows } from './history-rows.ts';
import { makeApproval } from './testing/make-approval.ts';

const record = (given: Partial<CommandRecord> = {}): CommandRecord => ({
  requestId: 'request-1',
  backendId: 'one',
  act: 'approval.decline',
  askedAtMs: 5_000,
  origin: 'tray',
  approvalId: 'a1',
  reason: 'too late',
  proposal: makeApproval(),
  practice: false,
  valueUsd: null,
  addsRisk: false,
  rule: null,
  intended: true,
  outcome: { status: 'confirmed', message: 'Read back.', latencyMs: 340 },
  settled: null,
  ...given,
});

it('A8 a decision made here says who, from where, when, why and how long it took', () => {
  const [row] = historyRows([record()], [makeApproval({ status: 'declined', decidedHere: true })]);
  expect(row).toMatchObject({
    who: 'You',
    from: 'Tray',
    atMs: 5_000,
    latencyMs: 340,
    decision: { word: 'Declined' },
    record: { reason: 'too late' },
  });
});

it('A7 one by a rule carries the rule’s name, also where it left it to the person', () => {
  const rule = { id: 'r', name: 'Nights', words: 'Decline proposals of One.' };
  expect(historyRows([record({ rule, origin: 'rule' })], [])[0]).toMatchObject({
    who: 'Rule "Nights"',
    from: 'Rule',
  });
  const left = record({ rule, outcome: { status: 'blocked', message: '', latencyMs: 1 } });
  expect(decisionWords(left).word).toBe('Left to you');
});

it('A5 what was learned afterwards is what the history says', () => {
  const lost = record({ outcome: { status: 'unconfirmed', message: '', latencyMs: 1 } });
  expect(decisionWords(lost).word).toBe('Unknown, checking');
  const words = (as: 'confirmed' | 'rejected' | 'otherwise' | 'unknown') =>
    decisionWords({ ...lost, settled: { as, message: '', atMs: 1 } }).word;
  expect([words('confirmed'), words('rejected'), words('otherwise'), words('unknown')]).toEqual([
    'Declined',
    'Did not happen',
    'Decided by another',
    'Decision unknown',
  ]);
});

it('A6 what others decided stands beside it, and nothing stands twice', () => {
  const approvals = [
    makeApproval({ status: 'declined', decidedHere: true, decidedAtMs: 5_100 }),
    makeApproval({ id: 'a2', status: 'approved', decidedBy: 'owner', decidedAtMs: 6_000 }),
    makeApproval({ id: 'a3', status: 'gone', decidedAtMs: 4_000 }),
    makeApproval({ id: 'a4' }),
  ];
  expect(historyRows([record()], approvals).map(({ approvalId, who }) => [approvalId, who])).toEqual([
    ['a2', 'owner'],
    ['a1', 'You'],
    ['a3', 'Not known'],
  ]);
});
