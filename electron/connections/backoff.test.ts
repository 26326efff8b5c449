import { describe, expect, it } from 'vitest';

import { backoff, backoffAsAsked } from './backoff.ts';

describe('backoff', () => {
  it('D2 grows from 1 s to 60 s and never beyond, however often it failed', () => {
    const shortest = [0, 1, 2, 3, 4, 5, 6, 1_000_000].map((attempt) => backoff(attempt, 0));
    const longest = [0, 1, 2, 3, 4, 5, 6, 1_000_000].map((attempt) => backoff(attempt, 1));
    expect(shortest).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
    expect(longest).toEqual([2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000]);
  });

  it('D2 spreads by chance', () => {
    expect(backoff(3, 0.25)).toBe(10_000);
    expect(backoff(3, 0.75)).toBe(14_000);
  });
});

describe('backoffAsAsked', () => {
  it('D2 waits as long as the server asks when that is longer than its own wait', () => {
    expect(backoffAsAsked(0, 0, 45_000)).toBe(45_000);
    expect(backoffAsAsked(6, 0, 5_000)).toBe(30_000);
    expect(backoffAsAsked(0, 0, null)).toBe(1_000);
  });

  it('D2 is not switched off for a day by one wrong answer', () => {
    expect(backoffAsAsked(0, 0, 86_400_000)).toBe(600_000);
  });
});
