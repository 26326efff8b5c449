import { describe, expect, it } from 'vitest';

import type { Approval } from '#shared/domain/approvals/approval.ts';
import { limits } from '#shared/domain/approvals/limits.ts';
import { HOUR_MS } from '#shared/time.ts';

import { groupWaiting, parted } from './approval-groups.ts';
import { makeApproval } from './testing/make-approval.ts';

const make = (id: string, change: Partial<Approval> = {}): Approval => makeApproval({ id, ...change });

describe('the queue of proposals', () => {
  it('a flood of identical proposals is one row with a count, the newest in front', () => {
    const groups = groupWaiting([
      make('a', { createdAtMs: 1 }),
      make('c', { createdAtMs: 3 }),
      make('b', { createdAtMs: 2 }),
      make('other', { createdAtMs: 9, groupKey: 'profit-btc' }),
    ]);
    expect(groups.map((group) => group.newest.id)).toEqual(['other', 'c']);
    expect(groups[1]?.members.map((member) => member.id)).toEqual(['c', 'b', 'a']);
  });

  it('does not put proposals of two backends into one row', () => {
    expect(groupWaiting([make('a'), make('a', { backendId: 'two' })])).toHaveLength(2);
  });

  it('A5 one whose fate is being read back stands alone, and what is settled is not in the queue', () => {
    const groups = groupWaiting([make('a'), make('b', { status: 'unknown' }), make('c', { status: 'gone' })]);
    expect(groups.map((group) => group.members.map((member) => member.id))).toEqual([['b'], ['a']]);
  });

  it('one card holds what is about as large, and what is not begins another', () => {
    const groups = groupWaiting([
      make('a', { createdAtMs: 4, quantity: '10' }),
      make('b', { createdAtMs: 3, quantity: '10.4' }),
      make('c', { createdAtMs: 2, quantity: '20' }),
      make('d', { createdAtMs: 1, quantity: '9.6' }),
    ]);
    expect(groups.map((group) => group.members.map((member) => member.id))).toEqual([['a', 'b', 'd'], ['c']]);
    expect(new Set(groups.map(({ key }) => key)).size).toBe(2);
  });

  it('does not put two sides or two instruments into one card, whatever their words', () => {
    expect(
      groupWaiting([make('a'), make('b', { side: 'sell' }), make('c', { instrument: 'ETH' })]),
    ).toHaveLength(3);
  });

  it('A2 what expired or was replaced stands apart from what can be approved', () => {
    const replaced = make('old', { groupKey: 'other words' });
    const groups = groupWaiting([
      make('new', { createdAtMs: HOUR_MS }),
      make('expired', { groupKey: 'dip-btc', expiresAtMs: HOUR_MS }),
      make('checking', { status: 'unknown', expiresAtMs: 1 }),
      replaced,
    ]);
    const { open, closed } = parted(groups, {
      nowMs: HOUR_MS,
      limits: limits.parse({ approvalExpiryMinutes: 600 }),
      superseded: new Map([['one/old', replaced]]),
    });
    expect(open.map(({ newest }) => newest.id)).toEqual(['new', 'checking']);
    expect(closed.map(({ newest }) => newest.id).sort()).toEqual(['expired', 'old']);
  });
});
