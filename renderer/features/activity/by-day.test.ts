import { describe, expect, it } from 'vitest';

import { dayWords, linesByDay } from './by-day.ts';
import type { FeedItem } from './feed-item.ts';

const at = (...parts: [number, number, number, number]) => new Date(...parts).getTime();
const item = (key: string, atMs: number): FeedItem => ({
  key,
  atMs,
  kind: 'alert',
  backendId: null,
  severity: null,
  symbol: null,
  text: '',
  destination: { place: 'deck', itemId: null },
});

describe('the feed by day', () => {
  it('puts the name of a day over what happened on it, once', () => {
    const lines = linesByDay([
      item('c', at(2026, 0, 5, 9)),
      item('b', at(2026, 0, 5, 0)),
      item('a', at(2026, 0, 4, 23)),
    ]);
    expect(lines.map(({ kind, key }) => (kind === 'day' ? 'day' : key))).toEqual([
      'day',
      'c',
      'b',
      'day',
      'a',
    ]);
  });

  it('calls the days that are near by their names', () => {
    const now = at(2026, 2, 1, 0);
    expect(dayWords(at(2026, 2, 1, 23), now)).toBe('Today');
    expect(dayWords(at(2026, 1, 28, 23), now)).toBe('Yesterday');
    expect(dayWords(at(2026, 1, 27, 23), now)).toMatch(/27/);
  });
});
