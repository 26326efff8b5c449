import { afterEach, describe, expect, it } from 'vitest';

import { DAY_MS, HOUR_MS } from './time.ts';
import { clockName, dayName, isSameDay, momentOf, setTimeZone, startOfDay, wallTime } from './wall-time.ts';

afterEach(() => setTimeZone(null));

const at = (text: string): number => Date.parse(text);

describe('days of the chosen time zone', () => {
  it.each([
    ['Asia/Kathmandu', '2026-06-30T18:14:59Z', '2026-06-29T18:15:00Z'],
    ['Asia/Kathmandu', '2026-06-30T18:15:00Z', '2026-06-30T18:15:00Z'],
    ['America/St_Johns', '2026-07-01T02:29:59Z', '2026-06-30T02:30:00Z'],
    ['America/St_Johns', '2026-01-01T03:30:00Z', '2026-01-01T03:30:00Z'],
    ['Pacific/Kiritimati', '2026-06-30T10:00:00Z', '2026-06-30T10:00:00Z'],
    ['UTC', '2026-06-30T23:59:59Z', '2026-06-30T00:00:00Z'],
  ])('in %s the day of %s begins at %s', (zone, moment, midnight) => {
    setTimeZone(zone);
    expect(new Date(startOfDay(at(moment))).toISOString()).toBe(new Date(midnight).toISOString());
  });

  it.each([
    ['Europe/Berlin', 2026, 2, 29, 23],
    ['Europe/Berlin', 2026, 9, 25, 25],
    ['America/St_Johns', 2026, 2, 8, 23],
    ['America/St_Johns', 2026, 10, 1, 25],
    ['Australia/Lord_Howe', 2026, 3, 5, 24.5],
    ['Asia/Kathmandu', 2026, 2, 29, 24],
  ])('in %s the day of %i, %i, %i has %s hours', (zone, year, month, day, hours) => {
    setTimeZone(zone);
    expect((momentOf(year, month, day + 1) - momentOf(year, month, day)) / HOUR_MS).toBe(hours);
  });

  it('begins with its first moment where the clocks skip midnight, and at the first midnight of two', () => {
    setTimeZone('America/Havana');
    const spring = startOfDay(at('2026-03-08T12:00:00Z'));
    expect(new Date(spring).toISOString()).toBe('2026-03-08T05:00:00.000Z');
    expect(clockName(spring)).toBe('01:00');
    const autumn = startOfDay(at('2026-11-01T12:00:00Z'));
    expect(new Date(autumn).toISOString()).toBe('2026-11-01T04:00:00.000Z');
  });

  it('puts a time that is skipped as much later, and takes the first of a time that comes twice', () => {
    setTimeZone('Europe/Berlin');
    expect(clockName(momentOf(2026, 2, 29, 2, 30))).toBe('03:30');
    expect(new Date(momentOf(2026, 9, 25, 2, 30)).toISOString()).toBe('2026-10-25T00:30:00.000Z');
  });

  it('lets months and days run over', () => {
    setTimeZone('Asia/Kathmandu');
    expect(dayName(momentOf(2026, 11, 32))).toBe('2027-01-01');
    expect(dayName(momentOf(2026, 0, 0))).toBe('2025-12-31');
  });

  it('agrees with the clock of the computer where none is chosen', () => {
    const moment = at('2026-03-29T01:30:45Z');
    const own = new Intl.DateTimeFormat().resolvedOptions().timeZone;
    expect(wallTime(moment, own)).toEqual(wallTime(moment));
    const chosen = startOfDay(moment);
    setTimeZone(own);
    expect(startOfDay(moment)).toBe(chosen);
  });

  it('tells days apart by the zone, not by UTC', () => {
    setTimeZone('America/St_Johns');
    expect(isSameDay(at('2026-07-01T02:29:00Z'), at('2026-06-30T12:00:00Z'))).toBe(true);
    expect(isSameDay(at('2026-07-01T02:30:00Z'), at('2026-06-30T12:00:00Z'))).toBe(false);
    expect(dayName(at('2026-07-01T02:29:00Z'))).toBe('2026-06-30');
  });

  it('refuses a zone that nobody knows and keeps the one that was', () => {
    setTimeZone('Asia/Kathmandu');
    expect(() => setTimeZone('Mars/Olympus')).toThrow();
    expect(clockName(DAY_MS)).toBe('05:30');
  });
});
