import { describe, expect, it } from 'vitest';

import { MINUTE_MS } from '../../time.ts';

import { mergeEquity } from './merge-equity.ts';

const point = (atMs: number, totalUsd: string, depositUsd: string | null = null, backendId = 'a') => ({
  backendId,
  atMs,
  totalUsd,
  depositUsd,
});
const times = (points: { atMs: number }[]): number[] => points.map(({ atMs }) => atMs);

describe('points of a minute and totals as received', () => {
  it('puts the last value of a minute at its end', () => {
    expect(times(mergeEquity([point(0, '1'), point(MINUTE_MS, '2')], []))).toEqual([
      MINUTE_MS - 1,
      2 * MINUTE_MS - 1,
    ]);
  });

  it('begins where the window first saw a value, not at the minute in which that was', () => {
    const received = [point(40_000, '10'), point(43_000, '11')];
    expect(mergeEquity([point(0, '11')], received)).toEqual(received);
  });

  it('keeps a deposit of a minute that was seen, at the value after it and not in the future', () => {
    const received = [point(40_000, '10'), point(43_000, '60')];
    const merged = mergeEquity([point(0, '60', '50')], received);
    expect(merged.filter(({ depositUsd }) => depositUsd !== null)).toEqual([point(43_000, '60', '50')]);
  });

  it('keeps what was before the window, and backends apart', () => {
    const merged = mergeEquity(
      [point(0, '1'), point(5 * MINUTE_MS, '2'), point(5 * MINUTE_MS, '7', null, 'b')],
      [point(5 * MINUTE_MS + 1_000, '2')],
    );
    expect(merged.map(({ totalUsd, backendId }) => backendId + totalUsd)).toEqual(['a1', 'a2', 'b7']);
  });
});
