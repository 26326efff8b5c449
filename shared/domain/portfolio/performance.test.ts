import { describe, expect, it } from 'vitest';

import { compare } from '../../money.ts';
import { drawdown, performance, profitsBetween } from './performance.ts';

const point = (backendId: string, atMs: number, totalUsd: string, depositUsd: string | null = null) => ({
  backendId,
  atMs,
  totalUsd,
  depositUsd,
});

/** Rounded for comparing: a proportion of three has no end. */
const rounded = (text: string): number => Number(Number(text).toFixed(6));

describe('value and what was put in', () => {
  it('keeps deposits, withdrawals and a backend that joins out of the profit', () => {
    expect(
      performance([
        point('a', 1, '100'),
        point('a', 2, '160', '50'),
        point('b', 3, '1000'),
        point('a', 4, '130', '-20'),
        point('b', 5, '1001.5'),
      ]),
    ).toEqual([
      { atMs: 1, totalUsd: '100', putInUsd: '100' },
      { atMs: 2, totalUsd: '160', putInUsd: '150' },
      { atMs: 3, totalUsd: '1160', putInUsd: '1150' },
      { atMs: 4, totalUsd: '1130', putInUsd: '1130' },
      { atMs: 5, totalUsd: '1131.5', putInUsd: '1130' },
    ]);
  });

  it('counts a deposit that is told twice once, takes points in any order, and several of one time as one', () => {
    const points = [
      point('b', 3, '5'),
      point('a', 3, '150'),
      point('a', 1, '100'),
      point('a', 3, '150', '50'),
      point('a', 3, '150', '50'),
      point('a', 3, '150'),
    ];
    expect(performance(points)).toEqual([
      { atMs: 1, totalUsd: '100', putInUsd: '100' },
      { atMs: 3, totalUsd: '155', putInUsd: '155' },
    ]);
  });

  it('adds cents exactly, and of nothing makes nothing', () => {
    const [, last] = performance([point('a', 1, '0.1'), point('b', 2, '0.2')]);
    expect(last?.totalUsd).toBe('0.3');
    expect(performance([])).toEqual([]);
    expect(performance([point('a', 1, '7')])).toHaveLength(1);
  });
});

describe('drawdown', () => {
  const of = (...points: ReturnType<typeof point>[]) => drawdown(performance(points));

  it('is the fall from the highest so far, with the times of the peak, the low and the return', () => {
    const { points, deepest } = of(
      point('a', 1, '100'),
      point('a', 2, '120'),
      point('a', 3, '90'),
      point('a', 4, '108'),
      point('a', 5, '120'),
      point('a', 6, '114'),
    );
    expect(points.map(({ fallPct }) => rounded(fallPct))).toEqual([0, 0, -25, -10, 0, -5]);
    expect(deepest).toEqual({
      fallPct: '-25',
      fallUsd: '-30',
      peakAtMs: 2,
      lowAtMs: 3,
      recoveredAtMs: 5,
    });
  });

  it('goes on through a deposit in its middle: money put in wins nothing back', () => {
    // 200 falls to 100 (-50%), 900 are put in, then 1000 becomes 1500 (+50%): 75% of the peak.
    const { points, deepest } = of(
      point('a', 1, '200'),
      point('a', 2, '100'),
      point('a', 3, '1000', '900'),
      point('a', 4, '1500'),
    );
    expect(points.map(({ fallPct }) => rounded(fallPct))).toEqual([0, -50, -50, -25]);
    expect(deepest).toMatchObject({ fallUsd: '-100', peakAtMs: 1, lowAtMs: 2, recoveredAtMs: null });
  });

  it('takes a withdrawal for no loss, and a backend that joins for no gain', () => {
    const { deepest, points } = of(
      point('a', 1, '100'),
      point('a', 2, '40', '-60'),
      point('b', 3, '500'),
      point('a', 4, '50'),
    );
    expect(deepest).toBeNull();
    expect(points.every(({ fallPct }) => compare(fallPct, '0') === 0)).toBe(true);
  });

  it('is -100% where all is lost, stays there without a division by nought, and is not ended by new money', () => {
    const { points, deepest } = of(
      point('a', 1, '100'),
      point('a', 2, '0'),
      point('a', 3, '0'),
      point('a', 4, '50', '50'),
      point('a', 5, '60'),
    );
    expect(points.map(({ fallPct }) => rounded(fallPct))).toEqual([0, -100, -100, -100, -100]);
    expect(deepest).toMatchObject({ fallPct: '-100', recoveredAtMs: null });
  });

  it('bears debts, one point and none', () => {
    expect(of(point('a', 1, '100'), point('a', 2, '-30')).deepest?.fallPct).toBe('-100');
    expect(of(point('a', 1, '-30'), point('a', 2, '-20')).deepest).toBeNull();
    expect(of(point('a', 1, '100'))).toEqual({ points: [{ atMs: 1, fallPct: '0' }], deepest: null });
    expect(of()).toEqual({ points: [], deepest: null });
  });
});

describe('profit of stretches', () => {
  it('is told for each, deposits apart, and is not known where nothing was recorded', () => {
    const points = [
      point('a', 5, '100'),
      point('a', 15, '130'),
      point('a', 25, '200', '50'),
      point('b', 22, '10'),
      point('b', 28, '8'),
    ];
    const profits = profitsBetween(points, [0, 10, 20, 30, 40]);
    expect(profits.map(({ profitUsd, depositsUsd }) => [profitUsd, depositsUsd])).toEqual([
      ['0', '0'],
      ['30', '0'],
      ['18', '50'],
      [null, '0'],
    ]);
    expect(profits[0]).toMatchObject({ partial: true, sinceMs: 5 });
    expect(profits[1]).toMatchObject({ partial: false });
  });
});
