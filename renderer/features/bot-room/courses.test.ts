import { describe, expect, it } from 'vitest';

import { seedOf, simulateCourses } from './courses.ts';

const ends = Array.from({ length: 2_000 }, (_, index) => 80 + index * 0.03);

describe('simulated courses', () => {
  it('begin at the value of today and end where the given values end', () => {
    const courses = simulateCourses({ start: 100, ends, days: 30, seed: 7 });
    expect(courses?.bands).toHaveLength(31);
    const [first] = courses?.bands ?? [];
    for (const value of Object.values(first ?? {})) expect(value).toBeCloseTo(100);
    const last = courses?.bands.at(-1);
    expect(last?.p5).toBeCloseTo(ends[100] ?? 0, 0);
    expect(last?.p50).toBeCloseTo(ends[1_000] ?? 0, 0);
    expect(last?.p95).toBeCloseTo(ends[1_900] ?? 0, 0);
    expect(
      courses?.samples.every((course) => course.length === 31 && course.every((value) => value > 0)),
    ).toBe(true);
  });

  it('widen with time, and keep their bands in order', () => {
    const bands = simulateCourses({ start: 110, ends, days: 30, seed: 7 })?.bands ?? [];
    const width = (day: number): number => (bands[day]?.p95 ?? 0) - (bands[day]?.p5 ?? 0);
    expect(width(3)).toBeLessThan(width(12));
    expect(width(12)).toBeLessThan(width(30));
    for (const { p5, p25, p50, p75, p95 } of bands)
      expect([p5, p25, p50, p75, p95]).toEqual([p5, p25, p50, p75, p95].sort((a, b) => a - b));
  });

  it('walk to their end and do not jump there on the last day', () => {
    const samples = simulateCourses({ start: 300, ends, days: 30, seed: 7 })?.samples ?? [];
    const move = (day: number): number =>
      samples.reduce(
        (sum, course) => sum + Math.abs(Math.log((course[day] ?? 1) / (course[day - 1] ?? 1))),
        0,
      );
    expect(samples.length).toBeGreaterThan(10);
    expect(move(30)).toBeLessThan(move(15) * 2);
  });

  it('are the same for the same seed and others for another', () => {
    const order = { start: 100, ends, days: 10 };
    expect(simulateCourses({ ...order, seed: 3 })).toEqual(simulateCourses({ ...order, seed: 3 }));
    expect(simulateCourses({ ...order, seed: 3 })?.samples).not.toEqual(
      simulateCourses({ ...order, seed: 4 })?.samples,
    );
    expect(seedOf(ends, 10)).toBe(seedOf([...ends], 10));
    expect(seedOf(ends, 10)).not.toBe(seedOf(ends, 11));
  });

  it('are none where values are at or below nought, no numbers, or there are no days', () => {
    const order = { start: 100, ends, days: 10, seed: 1 };
    expect(simulateCourses({ ...order, start: 0 })).toBeNull();
    expect(simulateCourses({ ...order, start: Number.NaN })).toBeNull();
    expect(simulateCourses({ ...order, ends: [] })).toBeNull();
    expect(simulateCourses({ ...order, ends: [-1, 5] })).toBeNull();
    expect(simulateCourses({ ...order, ends: [1, Number.POSITIVE_INFINITY] })).toBeNull();
    expect(simulateCourses({ ...order, days: 0 })).toBeNull();
    expect(simulateCourses({ ...order, days: 1.5 })).toBeNull();
  });

  it('bear one end and one day', () => {
    expect(
      simulateCourses({ start: 100, ends: [120], days: 1, seed: 1 })?.bands.map(({ p50 }) => Math.round(p50)),
    ).toEqual([100, 120]);
  });
});
