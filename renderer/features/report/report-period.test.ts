import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { HOUR_MS } from '#shared/time.ts';

import { edgesOf, nextPeriod, periodOf } from './report-period.ts';

describe('the period of a report', () => {
  beforeEach(() => vi.stubEnv('TZ', 'Europe/Berlin'));
  afterEach(() => vi.unstubAllEnvs());

  const at = (text: string): number => new Date(text).getTime();
  const hours = ({ fromMs, toMs }: { fromMs: number; toMs: number }): number => (toMs - fromMs) / HOUR_MS;

  it('is the day, week or month of the person, also when the clocks change in it', () => {
    expect(hours(periodOf('day', at('2026-03-29T12:00:00'), 1))).toBe(23);
    expect(hours(periodOf('week', at('2026-10-25T12:00:00'), 1))).toBe(7 * 24 + 1);
    const month = periodOf('month', at('2026-02-10T12:00:00'), 1);
    expect([month.fromMs, month.toMs]).toEqual([at('2026-02-01T00:00:00'), at('2026-03-01T00:00:00')]);
  });

  it('begins its week on the day of the locale', () => {
    // The 29th of November 2026 is a Sunday.
    expect(periodOf('week', at('2026-11-29T12:00:00'), 1).fromMs).toBe(at('2026-11-23T00:00:00'));
    expect(periodOf('week', at('2026-11-29T12:00:00'), 7).fromMs).toBe(at('2026-11-29T00:00:00'));
  });

  it('is followed and preceded by its neighbours without a gap', () => {
    const january = periodOf('month', at('2026-01-15T00:00:00'), 1);
    const before = nextPeriod('month', january, -1, 1);
    expect(before.toMs).toBe(january.fromMs);
    expect(nextPeriod('month', before, 1, 1)).toEqual(january);
  });

  it('has an edge for each midnight, and ends now where it is not over', () => {
    const week = periodOf('week', at('2026-11-25T12:00:00'), 1);
    expect(edgesOf(week, at('2027-01-01T00:00:00'))).toHaveLength(8);
    const now = at('2026-11-25T10:30:00');
    expect(edgesOf(week, now)).toEqual([
      at('2026-11-23T00:00:00'),
      at('2026-11-24T00:00:00'),
      at('2026-11-25T00:00:00'),
      now,
    ]);
  });
});
