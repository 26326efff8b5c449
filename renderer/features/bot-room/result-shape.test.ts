import { describe, expect, it } from 'vitest';

import { histogram, toDistribution, toSeries, toTable } from './result-shape.ts';

describe('answers of a backend on screen', () => {
  it('reads lists, wrapped lists and objects of objects as rows', () => {
    expect(toTable([{ a: 1 }, { b: 2 }])).toEqual({
      columns: ['a', 'b'],
      rows: [{ a: 1 }, { b: 2 }],
      rest: null,
    });
    expect(toTable({ count: 1, items: [{ a: 1 }] })).toEqual({
      columns: ['a'],
      rows: [{ a: 1 }],
      rest: { count: 1 },
    });
    expect(toTable({ BTC: { last: 1 }, XRP: { last: 2 } })?.rows).toEqual([
      { name: 'BTC', last: 1 },
      { name: 'XRP', last: 2 },
    ]);
    expect(toTable({ generatedAt: 'x', coins: { BTC: { last: 1 } } })).toEqual({
      columns: ['name', 'last'],
      rows: [{ name: 'BTC', last: 1 }],
      rest: { generatedAt: 'x' },
    });
    expect(toTable(['a', 'b'])?.rows).toEqual([{ value: 'a' }, { value: 'b' }]);
  });

  it('says that a flat object or a text is no table', () => {
    expect(toTable({ ok: true })).toBeNull();
    expect(toTable('text')).toBeNull();
    expect(toTable(null)).toBeNull();
  });

  it('takes the figures of a simulation as the server gives them and computes the missing ones', () => {
    const summary = { mean: 2, median: null, p5: 1.5, p95: null };
    const answer = { unit: 'USD', days: 30, outcomes: [3, 1, 2], startUsd: '1.75', summary };
    expect(toDistribution(answer)).toEqual({
      values: [1, 2, 3],
      unit: 'USD',
      days: 30,
      start: 1.75,
      mean: 2,
      median: 2,
      p5: 1.5,
      p95: 2.9,
    });
    expect(toDistribution({ outcomes: [1, 3], mean: 5, percentile_5: 1 })).toMatchObject({
      mean: 5,
      p5: 1,
      median: 2,
    });
    expect(toDistribution({ monteCarlo: { outcomes: [1, 1] }, confidence: 0.5 })?.values).toEqual([1, 1]);
  });

  it('does not draw a simulation without outcomes', () => {
    expect(toDistribution({ outcomes: [], mean: null })).toBeNull();
    expect(toDistribution([1, 2])).toBeNull();
  });

  it('counts every outcome into exactly one bin', () => {
    const bins = histogram([0, 0, 1, 5, 10], 5);
    expect(bins.map(({ count }) => count)).toEqual([3, 0, 1, 0, 1]);
    expect(histogram([2, 2], 10)).toEqual([{ from: 2, to: 2, count: 2 }]);
    expect(histogram([], 10)).toEqual([]);
  });

  it('reads timed figures as lines in order of time', () => {
    expect(
      toSeries([
        { day: '2026-01-02', count: 2 },
        { day: '2026-01-01', count: '1' },
      ]),
    ).toEqual([
      {
        name: 'count',
        points: [
          { atMs: Date.UTC(2026, 0, 1), value: 1 },
          { atMs: Date.UTC(2026, 0, 2), value: 2 },
        ],
      },
    ]);
    expect(toSeries([{ x: '2026-01-01T00:00:00Z', y: 4 }])?.[0]?.points).toEqual([
      { atMs: Date.UTC(2026, 0, 1), value: 4 },
    ]);
    expect(toSeries([{ a: 1 }])).toBeNull();
  });
});
