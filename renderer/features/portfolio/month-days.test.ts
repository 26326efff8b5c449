import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { HOUR_MS } from '#shared/time.ts';

import { dayEdges, leadingBlanks, moveMonth, nextDay, summarise } from './month-days.ts';

describe('the days of a month', () => {
  beforeEach(() => vi.stubEnv('TZ', 'Europe/Berlin'));
  afterEach(() => vi.unstubAllEnvs());

  it('begin at midnight of the person, so that a day of a change of clocks has 23 or 25 hours', () => {
    const hours = (month: number): number[] => {
      const edges = dayEdges({ year: 2026, month });
      return edges.slice(1).map((edge, index) => (edge - (edges[index] ?? 0)) / HOUR_MS);
    };
    expect(hours(2)).toHaveLength(31);
    expect(hours(2)[28]).toBe(23);
    expect(hours(9)[24]).toBe(25);
    expect(hours(1)).toEqual(Array.from({ length: 28 }, () => 24));
    expect(new Date(dayEdges({ year: 2026, month: 0 })[0] ?? 0).toISOString()).toBe(
      '2025-12-31T23:00:00.000Z',
    );
  });

  it('know leap years, and stand under their weekday', () => {
    expect(dayEdges({ year: 2028, month: 1 })).toHaveLength(30);
    // The first of November 2026 is a Sunday.
    expect(leadingBlanks({ year: 2026, month: 10 }, 1)).toBe(6);
    expect(leadingBlanks({ year: 2026, month: 10 }, 7)).toBe(0);
  });

  it('months follow one another over the turn of the year', () => {
    expect(moveMonth({ year: 2026, month: 11 }, 1)).toEqual({ year: 2027, month: 0 });
    expect(moveMonth({ year: 2026, month: 0 }, -1)).toEqual({ year: 2025, month: 11 });
  });
});

it('a month is summed exactly, days without a record count as neither up nor down', () => {
  const day = (index: number, profitUsd: string | null, depositsUsd = '0') => ({
    startMs: index,
    endMs: index + 1,
    profit: { profitUsd, profitPct: null, depositsUsd, sinceMs: null, partial: false },
  });
  const days = [day(0, '0.1'), day(1, '0.2', '50'), day(2, null), day(3, '-7.5'), day(4, '0')];
  expect(summarise(days)).toMatchObject({
    profitUsd: '-7.2',
    depositsUsd: '50',
    daysUp: 2,
    daysDown: 1,
    best: { startMs: 1 },
    worst: { startMs: 3 },
    most: 7.5,
  });
  expect(summarise([day(0, null)])).toMatchObject({ profitUsd: null, best: null, worst: null, most: 0 });
});

it('arrow keys walk over days and weeks and stay in the month', () => {
  expect(nextDay('ArrowRight', 3, 30)).toBe(4);
  expect(nextDay('ArrowDown', 3, 30)).toBe(10);
  expect(nextDay('ArrowUp', 3, 30)).toBe(3);
  expect(nextDay('ArrowRight', 29, 30)).toBe(29);
  expect(nextDay('End', 3, 30)).toBe(29);
  expect(nextDay('x', 3, 30)).toBeUndefined();
});
