import { afterEach, describe, expect, it } from 'vitest';

import { setLocale } from '#shared/locale.ts';
import { setTimeZone, wallTime } from '#shared/wall-time.ts';

import { dayAsWritten, formatWritten } from './written-time.ts';

afterEach(() => {
  setLocale('en-US');
  setTimeZone(null);
});

describe('a time that a backend writes without a zone', () => {
  it('is written as the desk writes, and is the same day and clock in every zone', () => {
    for (const zone of ['Pacific/Kiritimati', 'America/Los_Angeles', 'Asia/Kolkata']) {
      setTimeZone(zone);
      setLocale('en-US');
      expect(formatWritten('2026-11-29')).toBe('Nov 29, 2026');
      expect(formatWritten('2026-11-29T01:30:21.5').replace(/\s/g, ' ')).toBe('Nov 29, 2026, 1:30:21 AM');
      setLocale('de-DE');
      expect(formatWritten('2026-11-29 01:30')).toBe('29. Nov. 2026, 01:30');
      const noon = wallTime(dayAsWritten('2026-11-29') ?? 0);
      expect([noon.year, noon.month, noon.day]).toEqual([2026, 10, 29]);
    }
  });

  it('is found within a sentence, more than once', () => {
    expect(formatWritten('intraday, BTC, 2026-11-29, regular session')).toBe(
      'intraday, BTC, Nov 29, 2026, regular session',
    );
    expect(formatWritten('2026-11-01 to 2026-11-29.')).toBe('Nov 1, 2026 to Nov 29, 2026.');
  });

  it.each([
    'openai/gpt-4o-2024-11-20',
    'claude-3-5-sonnet/2024-10-22',
    'log/2026-11-29/run.txt',
    'report.2026-11-29.csv',
    '2026-11-29-1405',
    '2026-02-31',
    '2026-11-29T25:00',
    '2026-11-29T01:30:21Z',
    '2026-11-29T01:30:21.000+02:00',
    '2026-11-29T01:30-05:00',
    '12026-11-29',
  ])('is not seen in %s', (text) => {
    expect(formatWritten(text)).toBe(text);
    expect(dayAsWritten(text)).toBeNull();
  });
});
