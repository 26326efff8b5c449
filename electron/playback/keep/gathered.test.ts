import { describe, expect, it } from 'vitest';

import type { DeskPatch } from '#shared/domain/desk.ts';

import { aKillSwitch, aQuote } from '#shared/domain/testing/entries.ts';
import { createGathered } from './gathered.ts';

const quote = (id: string, price: string): DeskPatch => ({
  slice: 'quotes',
  key: id,
  value: aQuote({ id, price }),
});
const halt = (enabled: boolean): DeskPatch => ({
  slice: 'killSwitches',
  key: 'alpha',
  value: aKillSwitch({ enabled }),
});

function gather(...patches: DeskPatch[]) {
  const gathered = createGathered();
  patches.forEach((patch, index) => gathered.put({ atMs: index, patch }));
  return gathered;
}

describe('changes that wait to be written', () => {
  it('D7 are as many as there are keys, each with its last value and time, in the order in which those came', () => {
    const gathered = gather(quote('A', '1'), quote('B', '1'), quote('A', '2'));
    expect(gathered.size()).toBe(2);
    expect(gathered.inOrder()).toEqual([
      { atMs: 1, patch: quote('B', '1') },
      { atMs: 2, patch: quote('A', '2') },
    ]);
  });

  it('hold every change of what a person decides by, between the others', () => {
    const gathered = gather(halt(true), quote('A', '1'), halt(false), halt(true));
    expect(gathered.inOrder().map(({ patch }) => patch)).toEqual([
      halt(true),
      quote('A', '1'),
      halt(false),
      halt(true),
    ]);
    expect(gathered.size()).toBe(4);
  });

  it('tell a key of one slice from the same key of another', () => {
    const other: DeskPatch = { slice: 'holdings', key: 'A', value: null };
    expect(gather(quote('A', '1'), other).inOrder()).toHaveLength(2);
  });

  it('are gone once they are cleared', () => {
    const gathered = gather(quote('A', '1'), halt(true));
    gathered.clear();
    expect([gathered.size(), gathered.inOrder()]).toEqual([0, []]);
  });
});
