import { describe, expect, it } from 'vitest';

import { depositsOn, equityCurve, fromCommonStart } from './equity-curve.ts';

const point = (backendId: string, atMs: number, totalUsd: string, depositUsd: string | null = null) => ({
  backendId,
  atMs,
  totalUsd,
  depositUsd,
});

describe('equity curve', () => {
  it('adds what each backend was last known to be worth, exactly', () => {
    const { points } = equityCurve([point('a', 1, '0.1'), point('b', 2, '0.2'), point('a', 3, '0.3')]);
    expect(points).toEqual([
      { atMs: 1, totalUsd: '0.1' },
      { atMs: 2, totalUsd: '0.3' },
      { atMs: 3, totalUsd: '0.5' },
    ]);
  });

  it('takes points in any order and twice, one point a time', () => {
    const { points } = equityCurve([
      point('a', 3, '3'),
      point('a', 1, '1'),
      point('a', 3, '3'),
      point('b', 3, '1'),
    ]);
    expect(points).toEqual([
      { atMs: 1, totalUsd: '1' },
      { atMs: 3, totalUsd: '4' },
    ]);
  });

  it('marks deposits, once, and a backend whose record begins later: neither is profit', () => {
    const curve = equityCurve([
      point('a', 1, '100'),
      point('a', 2, '150', '50'),
      point('a', 2, '150'),
      point('b', 4, '10'),
    ]);
    expect(curve.marks).toEqual([
      { kind: 'deposit', atMs: 2, backendId: 'a', valueUsd: '50' },
      { kind: 'joined', atMs: 4, backendId: 'b' },
    ]);
    expect(depositsOn(curve)).toBe('50');
  });
});

describe('the start of a curve', () => {
  it('is where the last of those that were connected together is known', () => {
    const curve = equityCurve([point('a', 0, '1'), point('b', 3_000, '10'), point('a', 5_000, '2')]);
    expect(fromCommonStart(curve)).toEqual({
      points: [
        { atMs: 3_000, totalUsd: '11' },
        { atMs: 5_000, totalUsd: '12' },
      ],
      marks: [],
    });
  });

  it('stays where it is when a backend joins later', () => {
    const curve = equityCurve([point('a', 0, '1'), point('b', 61_000, '10')]);
    expect(fromCommonStart(curve)).toEqual(curve);
  });
});
