import { afterEach, describe, expect, it } from 'vitest';

import { HOUR_MS } from '#shared/time.ts';
import { setTimeZone, wallTime } from '#shared/wall-time.ts';

import { weightsOf } from './zoned-scale.ts';

const DAY_WEIGHT = 50;
const HALF_DAY_WEIGHT = 33;

/** The places of an axis with one for each hour, rated. */
function hourly(fromMs: number, hours: number, byDay = false) {
  const timesMs = Array.from({ length: hours }, (_, index) => fromMs + index * HOUR_MS);
  const weights = weightsOf(timesMs, 0, byDay);
  return timesMs.map((atMs, index) => ({ atMs, weight: weights[index] ?? 0 }));
}

afterEach(() => {
  setTimeZone(null);
});

describe('the time axis of a chart', () => {
  it.each([
    ['America/New_York', Date.UTC(2026, 10, 27)],
    ['Asia/Kolkata', Date.UTC(2026, 10, 27) + HOUR_MS / 2],
    // Clocks go back in the first and on in the second.
    ['America/New_York', Date.UTC(2026, 9, 31)],
    ['Europe/Berlin', Date.UTC(2026, 2, 28)],
  ])('has a day begin at midnight on the wall in %s, and the half day at noon', (zone, fromMs) => {
    setTimeZone(zone);
    const places = hourly(fromMs, 72).slice(1);
    const days = places.filter(({ weight }) => weight >= DAY_WEIGHT);
    const noons = places.filter(({ weight }) => weight === HALF_DAY_WEIGHT);
    expect(days.map(({ atMs }) => wallTime(atMs).hour)).toEqual([0, 0, 0]);
    expect(noons.map(({ atMs }) => wallTime(atMs).hour)).toEqual([12, 12, 12]);
  });

  it('has the days of values that stand for whole days begin in UTC, in every zone', () => {
    setTimeZone('America/New_York');
    const days = hourly(Date.UTC(2026, 10, 27, 6), 48, true).filter(({ weight }) => weight >= DAY_WEIGHT);
    expect(days.map(({ atMs }) => new Date(atMs).getUTCHours())).toEqual([0, 0]);
  });

  it('rates only what is new when places are added at the end', () => {
    setTimeZone('America/New_York');
    const timesMs = [4, 5, 6].map((hour) => Date.UTC(2026, 10, 27, hour));
    expect(weightsOf(timesMs, 1, false)).toEqual([DAY_WEIGHT, 30]);
  });
});
