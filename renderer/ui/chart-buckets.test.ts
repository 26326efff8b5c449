import { describe, expect, it } from 'vitest';

import { bucketSeconds, toBuckets } from './chart-buckets.ts';

describe('points on a time axis', () => {
  it('keeps a gap as wide as it was long', () => {
    const points = [
      { atMs: 1_000, value: 1 },
      { atMs: 2_000, value: 2 },
      { atMs: 5_000, value: 3 },
    ];
    expect(toBuckets(points, bucketSeconds(points)).map(({ value }) => value)).toEqual([1, 2, null, null, 3]);
  });

  it('D7 a month of points takes no more places than the screen can show', () => {
    const points = [
      { atMs: 0, value: 1 },
      { atMs: 30 * 86_400_000, value: 2 },
    ];
    expect(toBuckets(points, bucketSeconds(points)).length).toBeLessThanOrEqual(801);
  });

  it('lets the last value of a place count, and draws nothing from nothing', () => {
    expect(
      toBuckets(
        [
          { atMs: 100, value: 1 },
          { atMs: 900, value: 2 },
        ],
        1,
      ),
    ).toEqual([{ atS: 0, value: 2 }]);
    expect(toBuckets([], 1)).toEqual([]);
  });
});
