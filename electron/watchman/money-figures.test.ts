import { describe, expect, it } from 'vitest';

import { todaysProfit } from '#shared/domain/derive.ts';
import { startOfDay } from '#shared/wall-time.ts';
import type { EquityPoint } from '#shared/domain/portfolio/portfolio.ts';
import { MINUTE_MS } from '#shared/time.ts';

import { drawdownUsd } from './drawdown.ts';
import { moneyFigures } from './money-figures.ts';

const DAY_START_MS = startOfDay(1_800_000_000_000);
const at = (minute: number): number => DAY_START_MS + minute * MINUTE_MS;
const NOW_MS = at(600);

/** Totals of one backend, a minute apart from midnight on; `null` has no point. */
const curve = (backendId: string, totals: (number | null)[], fromMinute = 0): EquityPoint[] =>
  totals.flatMap((total, index) =>
    total === null
      ? []
      : [{ backendId, atMs: at(fromMinute + index), totalUsd: String(total), depositUsd: null }],
  );
const withDeposit = (points: EquityPoint[], index: number, depositUsd: string): EquityPoint[] =>
  points.map((point, at_) => (at_ === index ? { ...point, depositUsd } : point));

const figures = (
  points: EquityPoint[],
  given: { sure?: string[]; doubts?: [string, string][]; totalUsd?: string } = {},
) =>
  moneyFigures({
    points,
    sure: new Set(given.sure ?? ['a', 'b']),
    doubts: new Map(given.doubts ?? []),
    peakFromMs: DAY_START_MS,
    totalUsd: given.totalUsd ?? '0',
    nowMs: NOW_MS,
  });

describe('the loss of the day', () => {
  it('is the figure that the window shows as today, turned round', () => {
    const points = [...curve('a', [1_000, 900, 850]), ...curve('b', [500, 450, 500])];
    const today = todaysProfit(points, NOW_MS);
    expect(today).toMatchObject({ profitUsd: '-150', profitPct: '-10' });
    expect(figures(points)).toMatchObject({ lossUsd: '150', lossPct: '10' });
  });

  it('is none on a day of profit', () => {
    expect(figures(curve('a', [1_000, 1_100]))).toMatchObject({ lossUsd: '0', lossPct: '0' });
  });

  it('does not take a withdrawal for a loss, nor a deposit for what makes up for one', () => {
    const withdrawn = withDeposit(curve('a', [1_000, 600]), 1, '-400');
    expect(figures(withdrawn)).toMatchObject({ lossUsd: '0', drawdownUsd: '0' });
    const deposited = withDeposit(curve('a', [1_000, 1_200]), 1, '300');
    expect(figures(deposited)).toMatchObject({ lossUsd: '100', drawdownUsd: '100' });
  });

  it('is not made by a backend whose figures are not sure', () => {
    const points = [...curve('a', [1_000, 1_000]), ...curve('b', [500, 10])];
    expect(figures(points, { sure: ['a'] })).toMatchObject({ lossUsd: '0', drawdownUsd: '0' });
  });

  it('is there although another backend is not sure, and less by what that one had won', () => {
    const lost = curve('a', [1_000, 700]);
    expect(figures([...lost, ...curve('b', [500, 500])], { sure: ['a'] }).lossUsd).toBe('300');
    expect(figures([...lost, ...curve('b', [500, 600])], { sure: ['a'] }).lossUsd).toBe('200');
    expect(figures([...lost, ...curve('b', [500, 400])], { sure: ['a'] }).lossUsd).toBe('300');
  });

  it('is not known while no backend is sure', () => {
    expect(figures(curve('a', [1_000, 10]), { sure: [] })).toEqual({
      lossUsd: null,
      lossPct: null,
      drawdownUsd: null,
      drawdownPct: null,
    });
  });

  it('is less by what a single reading alone says', () => {
    const points = curve('a', [1_000, 900, 400]);
    expect(figures(points, { doubts: [['a', '500']] })).toMatchObject({ lossUsd: '100', drawdownUsd: '100' });
    expect(figures(points, { doubts: [['a', '600']] })).toMatchObject({ lossUsd: '0', drawdownUsd: '0' });
  });

  it('does not come from a single reading that the day began with, too high', () => {
    const wrongStart = curve('a', [1_000, 9_000, 1_000, 990], -1);
    expect(todaysProfit(wrongStart, NOW_MS).profitUsd).toBe('-8010');
    expect(figures(wrongStart)).toMatchObject({ lossUsd: '10', drawdownUsd: '10' });
    const crash = curve('a', [9_000, 9_000, 1_000, 990], -1);
    expect(figures(crash)).toMatchObject({ lossUsd: '8010' });
  });

  it('has no percentage where the day began with nothing', () => {
    expect(figures(curve('a', [0, -5]))).toMatchObject({ lossUsd: '5', lossPct: null });
  });
});

describe('the fall from the peak', () => {
  const fall = (points: EquityPoint[], fromMs = DAY_START_MS) => drawdownUsd(points, fromMs);

  it('is measured from the highest that was held, over all backends together', () => {
    expect(fall(curve('a', [1_000, 1_200, 1_200, 1_100]))).toBe('100');
    const together = [...curve('a', [100, 200, 200, 100]), ...curve('b', [100, 100, 100, 250])];
    expect(fall(together)).toBe('0');
  });

  it('is none at the peak, and null without a figure', () => {
    expect(fall(curve('a', [1_000, 1_100, 1_200]))).toBe('0');
    expect(fall([])).toBeNull();
  });

  it('does not count from a single reading that was too high', () => {
    expect(fall(curve('a', [1_000, 9_000, 1_000, 990]))).toBe('10');
  });

  it('begins with the figure that stood when its span began', () => {
    const points = curve('a', [5_000, 5_000, 1_000, 1_000, 900], -3);
    expect(fall(points, at(0))).toBe('100');
  });

  it('takes a backend that joins later for no rise and one that had a deposit for no peak', () => {
    const joined = [...curve('a', [100, 100, 100, 100]), ...curve('b', [null, null, 5_000, 4_990])];
    expect(fall(joined)).toBe('10');
    const deposit = withDeposit(curve('a', [100, 600, 600, 590]), 1, '500');
    expect(fall(deposit)).toBe('10');
  });

  it('in percent is a share of what would be there without it', () => {
    const points = curve('a', [1_000, 1_250, 1_250, 1_000]);
    expect(figures(points, { totalUsd: '1000' })).toMatchObject({ drawdownUsd: '250', drawdownPct: '20' });
  });
});
