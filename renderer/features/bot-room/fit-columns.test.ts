import { describe, expect, it } from 'vitest';

import { rankOf, spareColumns, widthOf } from './fit-columns.ts';

const column = (id: string, width = 100, isTold = true) => ({ id, width, rank: rankOf(id), isTold });

describe('the columns of an answer', () => {
  it('all show where there is room, but for those that say nothing', () => {
    expect(spareColumns([column('a'), column('b')], 200)).toEqual([]);
    expect(spareColumns([column('a'), column('b', 100, false), column('c')], 900)).toEqual(['b']);
  });

  it('give way from the end until the table fits, and one stays', () => {
    const all = [column('a'), column('b'), column('c'), column('id')];
    expect(spareColumns(all, 250)).toEqual(['c', 'id']);
    expect(spareColumns(all, 10)).toEqual(['b', 'c', 'id']);
  });

  it('keep what was traded, which way and how much where a narrow window holds three, wherever the answer has them', () => {
    const names = ['ruleId', 'action.type', 'action.symbol', 'mode', 'dryRun', 'side', 'symbol', 'amount'];
    const all = [...names, 'orderId', 'status', 'filledQty', 'executedAt', 'id'].map((name) => column(name));
    const shown = (room: number) => {
      const spare = new Set(spareColumns(all, room));
      return all.map(({ id }) => id).filter((id) => !spare.has(id));
    };
    expect(shown(300)).toEqual(['side', 'symbol', 'amount']);
    expect(shown(500)).toEqual(['mode', 'dryRun', 'side', 'symbol', 'amount']);
    expect(shown(1_000)).not.toContain('orderId');
  });

  it('are as wide as what they say is written, not as it came', () => {
    const of = (name: string, value: string | number) => widthOf(name, name, [{ [name]: value }], {});
    expect(of('executedAt', '2026-11-20T23:12:50.253Z')).toBeLessThan(of('note', 'n'.repeat(60)));
    expect(of('amount', 0.123456789012)).toBeLessThan(150);
    // "$120,563,950.00" is fifteen letters; a word is as long as it is said.
    expect(of('volumeUsd', 120_563_950)).toBeGreaterThan(15 * 7.5 + 32);
    expect(of('status', 'simple_moving_average')).toBeLessThan(of('name', 'simple_moving_average'));
    expect(widthOf('a', 'A heading that is rather long', [{ a: 1 }], {})).toBeGreaterThan(200);
  });
});
