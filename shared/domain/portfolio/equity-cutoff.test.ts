import { describe, expect, it } from 'vitest';

import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../time.ts';

import { equityCutoff } from './equity-cutoff.ts';

const now = 100 * DAY_MS + 3 * MINUTE_MS;
const point = (backendId: string, atMs: number) => ({ backendId, atMs, totalUsd: '1', depositUsd: null });

describe('where the journal ends and the desk begins', () => {
  it('is where the last of the backends began to be seen', () => {
    const live = [point('a', now - 40 * MINUTE_MS), point('b', now - 5 * MINUTE_MS), point('a', now)];
    expect(equityCutoff(live, now)).toBe(now - 5 * MINUTE_MS);
  });

  it('leaves everything to the journal when the desk has nothing', () => {
    expect(equityCutoff([], now)).toBeGreaterThan(now);
  });

  it('moves in steps, and only forwards, when the desk forgets its oldest points minute by minute', () => {
    const starts = Array.from({ length: 30 }, (_, minute) => now - 20 * HOUR_MS + minute * MINUTE_MS);
    const cutoffs = starts.map((start) => equityCutoff([point('a', start), point('a', now)], now));
    expect(new Set(cutoffs).size).toBeLessThanOrEqual(4);
    expect(cutoffs.every((cutoff, index) => cutoff >= (starts[index] ?? 0))).toBe(true);
  });
});
