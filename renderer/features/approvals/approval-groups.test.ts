import { describe, expect, it } from 'vitest';

import type { Approval } from '#shared/domain/approval.ts';

import { decidedApprovals, groupWaiting, totalValue } from './approval-groups.ts';
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

  it('A7 the total of several says how many have no known value', () => {
    const picked = [
      make('a', { valueUsd: '0.1' }),
      make('b', { valueUsd: '0.2' }),
      make('c', { valueUsd: null }),
    ];
    expect(totalValue(picked)).toEqual({ totalUsd: '0.3', unknown: 1 });
  });

  it('lists what was decided, the latest first', () => {
    const decided = decidedApprovals([
      make('a', { status: 'approved', decidedAtMs: 5 }),
      make('b'),
      make('c', { status: 'gone', decidedAtMs: null, receivedAtMs: 7 }),
    ]);
    expect(decided.map((approval) => approval.id)).toEqual(['c', 'a']);
  });
});
