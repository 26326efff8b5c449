import { expect, it } from 'vitest';

import { NOTHING_PICKED, pickAll, stretchTo, toggleRow } from './row-selection.ts';

const order = ['a', 'b', 'c', 'd', 'e'];
const keys = ({ keys: picked }: { keys: ReadonlySet<string> }): string[] => [...picked];

it('rows are taken in and out one by one', () => {
  const both = toggleRow(toggleRow(NOTHING_PICKED, 'b'), 'd');
  expect(keys(both)).toEqual(['b', 'd']);
  expect(keys(toggleRow(both, 'b'))).toEqual(['d']);
  expect(keys(NOTHING_PICKED)).toEqual([]);
});

it('a stretch goes from where it began, either way, and is drawn anew from there', () => {
  const from = toggleRow(NOTHING_PICKED, 'c');
  const down = stretchTo(from, 'e', order);
  expect(keys(down)).toEqual(['c', 'd', 'e']);
  expect(keys(stretchTo(down, 'a', order))).toEqual(['a', 'b', 'c']);
});

it('a stretch from a row that is gone is the one row', () => {
  expect(keys(stretchTo({ keys: new Set(['x']), anchor: 'x' }, 'b', order))).toEqual(['b']);
  expect(keys(stretchTo(NOTHING_PICKED, 'b', order))).toEqual(['b']);
});

it('all of them are those that are shown', () => {
  expect(keys(pickAll(order))).toEqual(order);
  expect(pickAll([])).toEqual({ keys: new Set(), anchor: null });
});
