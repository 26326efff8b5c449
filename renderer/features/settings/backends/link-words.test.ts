import { describe, expect, it } from 'vitest';

import { HOUR_MS, MINUTE_MS } from '#shared/time.ts';

import { clockWords, formatDelay } from './link-words.ts';

describe('what a link says of time', () => {
  it('says nothing of a clock that is right', () => {
    expect([0, 900, -1_500].map(clockWords)).toEqual([null, null, null]);
  });

  it('says which way a clock is off', () => {
    expect(clockWords(3 * MINUTE_MS)).toMatch(/3 min.* behind ours\. /);
    expect(clockWords(-3 * MINUTE_MS)).toMatch(/3 min.* ahead of ours\. /);
  });

  it('does not call another time zone a wrong clock', () => {
    expect(clockWords(HOUR_MS)).toContain('or it writes another time zone');
    expect(clockWords(-(5 * HOUR_MS + 30 * MINUTE_MS) + 400)).toContain('or it writes another time zone');
    expect(clockWords(HOUR_MS + 5 * MINUTE_MS)).not.toContain('zone');
  });

  it('writes a delay by its size', () => {
    expect([12.4, -3, 1_340, 120_000].map(formatDelay)).toEqual([
      '12 ms',
      '0 ms',
      '1.3 s',
      formatDelay(120_000),
    ]);
  });
});
