import { describe, expect, it } from 'vitest';

import { DAY_MS, HOUR_MS } from '../time.ts';
import { startOfDay } from '../wall-time.ts';
import { profitAndLoss } from './derive.ts';
import type { EquityPoint } from './portfolio/portfolio.ts';

const NOW_MS = 1_800_000_000_000;

describe('profit and loss', () => {
  // An hour of the afternoon, so that "an hour ago" is the same day wherever the test runs.
  const noonMs = startOfDay(NOW_MS) + 15 * HOUR_MS;
  const point = (agoMs: number, totalUsd: string, given: Partial<EquityPoint> = {}): EquityPoint => ({
    backendId: 'a',
    atMs: noonMs - agoMs,
    totalUsd,
    depositUsd: null,
    ...given,
  });

  it('keeps deposits apart from profit', () => {
    const points = [
      point(20 * HOUR_MS, '100'),
      point(2 * HOUR_MS, '160', { depositUsd: '50' }),
      point(HOUR_MS, '165'),
    ];
    expect(profitAndLoss(points, noonMs).today).toEqual({
      profitUsd: '15',
      profitPct: '15',
      depositsUsd: '50',
      sinceMs: startOfDay(noonMs),
      partial: false,
    });
  });

  it('compares each backend with itself, in whatever order the points come', () => {
    const points = [
      point(HOUR_MS, '220', { backendId: 'b' }),
      point(HOUR_MS, '110'),
      point(20 * HOUR_MS, '200', { backendId: 'b' }),
      point(20 * HOUR_MS, '100'),
    ];
    expect(profitAndLoss(points, noonMs).today).toMatchObject({ profitUsd: '30', profitPct: '10' });
  });

  it('says when the record begins later than the period', () => {
    const points = [point(2 * HOUR_MS, '100'), point(HOUR_MS, '101')];
    expect(profitAndLoss(points, noonMs).days30).toMatchObject({
      profitUsd: '1',
      sinceMs: noonMs - 2 * HOUR_MS,
      partial: true,
    });
  });

  it('knows yesterday and the last days', () => {
    const points = [
      point(40 * DAY_MS, '50'),
      point(10 * DAY_MS, '60'),
      point(2 * DAY_MS, '90'),
      point(DAY_MS, '100'),
      point(HOUR_MS, '130'),
    ];
    const result = profitAndLoss(points, noonMs);
    expect(result.today.profitUsd).toBe('30');
    expect(result.yesterday.profitUsd).toBe('10');
    expect(result.days7.profitUsd).toBe('70');
    expect(result.days30.profitUsd).toBe('80');
  });

  it('is unknown, not zero, when nothing was recorded in the period', () => {
    expect(profitAndLoss([], noonMs).today).toEqual({
      profitUsd: null,
      profitPct: null,
      depositsUsd: '0',
      sinceMs: null,
      partial: false,
    });
    expect(profitAndLoss([point(3 * DAY_MS, '1')], noonMs).today.profitUsd).toBeNull();
    expect(profitAndLoss([point(-HOUR_MS, '1')], noonMs).today.profitUsd).toBeNull();
  });
});
