import { describe, expect, it } from 'vitest';

import { parseRetryAfter } from './retry-after.ts';

const NOW = Date.parse('2027-01-15T08:00:00Z');

describe('parseRetryAfter', () => {
  it('reads seconds', () => {
    expect(parseRetryAfter({ 'retry-after': '7' }, NOW)).toBe(7_000);
    expect(parseRetryAfter({ 'retry-after': ' 0.5 ' }, NOW)).toBe(500);
  });

  it('reads an HTTP date against our clock when the server tells no time of its own', () => {
    expect(parseRetryAfter({ 'retry-after': 'Fri, 15 Jan 2027 08:00:30 GMT' }, NOW)).toBe(30_000);
  });

  it('reads an HTTP date against the time of the server, so that a wrong clock does not count', () => {
    const headers = { 'retry-after': 'Fri, 15 Jan 2027 05:00:10 GMT', date: 'Fri, 15 Jan 2027 05:00:00 GMT' };
    expect(parseRetryAfter(headers, NOW)).toBe(10_000);
  });

  it.each([
    '',
    'soon',
    '-5',
    '0',
    'Infinity',
    '1e9',
    'NaN',
    'Fri, 15 Jan 2027 07:00:00 GMT',
    '2027'.repeat(100) + 'x',
  ])('D5 makes nothing of %j', (value) => {
    expect(parseRetryAfter({ 'retry-after': value }, NOW)).toBeNull();
  });

  it('D2 keeps an absurd wait to ten minutes', () => {
    expect(parseRetryAfter({ 'retry-after': '99999999999999999999' }, NOW)).toBe(600_000);
  });
});
