import { afterEach, describe, expect, it } from 'vitest';

import { setTimeZone } from '#shared/wall-time.ts';

import { localText, parseLocal } from './local-time.ts';

afterEach(() => setTimeZone(null));

describe('the times that a stretch is chosen by', () => {
  it.each([null, 'Asia/Kolkata', 'America/New_York'])('are those of the zone %s, to the second', (zone) => {
    setTimeZone(zone);
    const atMs = Date.UTC(2026, 10, 27, 20, 3, 12);
    expect(parseLocal(localText(atMs))).toBe(atMs);
  });

  it('say what the wall says', () => {
    setTimeZone('Asia/Kolkata');
    expect(localText(Date.UTC(2026, 10, 27, 20, 3, 12))).toBe('2026-11-28T01:33:12');
    expect(parseLocal('2026-11-28T01:33')).toBe(Date.UTC(2026, 10, 27, 20, 3));
    expect(parseLocal('yesterday')).toBeNull();
  });

  it('are later by an hour where the clocks skip them, and the first of two where they come twice', () => {
    setTimeZone('Europe/Berlin');
    expect(parseLocal('2026-03-29T02:30:00')).toBe(Date.UTC(2026, 2, 29, 1, 30));
    expect(parseLocal('2026-10-25T02:30:00')).toBe(Date.UTC(2026, 9, 25, 0, 30));
  });
});
