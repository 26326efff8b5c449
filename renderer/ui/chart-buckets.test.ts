import { describe, expect, it } from 'vitest';

import { bucketSeconds, toBuckets, withRoomForMarks } from './chart-buckets.ts';

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

describe('room for marks', () => {
  const places = Array.from({ length: 800 }, (_, index) => ({ atS: 8_000 + index * 10, value: index }));

  it('is as many empty places at both ends as half a mark is wide', () => {
    const roomy = withRoomForMarks(places, 10, 800);
    expect(roomy.length).toBe(800 + 2 * 9);
    expect(roomy.slice(0, 2)).toEqual([
      { atS: 7_910, value: null },
      { atS: 7_920, value: null },
    ]);
    expect(roomy.at(-1)).toEqual({ atS: 15_990 + 90, value: null });
    expect(roomy.filter(({ value }) => value !== null)).toEqual(places);
  });

  it('is none where a place alone is wide enough, and none of nothing', () => {
    expect(withRoomForMarks(places.slice(0, 4), 10, 800)).toEqual(places.slice(0, 4));
    expect(withRoomForMarks([], 10, 800)).toEqual([]);
  });
});
