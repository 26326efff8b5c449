import { describe, expect, it } from 'vitest';

import { mergeNewest, newestOf } from './newest.ts';

const at = (...times: number[]) => times.map((atMs) => ({ key: `k${atMs}`, atMs }));
const times = (items: readonly { atMs: number }[]) => items.map(({ atMs }) => atMs);

describe('the newest of many', () => {
  it('are the same as of all of them sorted, whatever order they come in', () => {
    const scattered = at(...Array.from({ length: 500 }, (_, index) => (index * 7919) % 1_009));
    const sorted = times(scattered).sort((a, b) => b - a);
    expect(times(newestOf(scattered, 20))).toEqual(sorted.slice(0, 20));
    expect(times(newestOf(scattered, 1_000))).toEqual(sorted);
  });

  it('keep those of one moment in one order', () => {
    const together = ['c', 'a', 'b'].map((key) => ({ key, atMs: 5 }));
    expect(newestOf(together, 2).map(({ key }) => key)).toEqual(['a', 'b']);
    expect(newestOf(together.toReversed(), 2).map(({ key }) => key)).toEqual(['a', 'b']);
  });
});

describe('several feeds as one', () => {
  it('is newest first over all of them and no longer than asked', () => {
    expect(times(mergeNewest([at(9, 4, 1), [], at(8, 7, 2)], 5))).toEqual([9, 8, 7, 4, 2]);
  });

  it('takes all there is when that is less', () => {
    expect(mergeNewest([at(1), at(3)], 10)).toHaveLength(2);
    expect(mergeNewest([], 10)).toEqual([]);
  });
});
