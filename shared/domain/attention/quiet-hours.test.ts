import { describe, expect, it } from 'vitest';

import { MINUTE_MS } from '../../time.ts';
import type { QuietHours } from './quiet-hours.ts';
import { isQuiet, quietHours, tomorrowAt, wallClock } from './quiet-hours.ts';

const night = (rest: Partial<QuietHours> = {}): QuietHours => ({
  ...quietHours.parse({}),
  enabled: true,
  ...rest,
});
const at = (iso: string): number => Date.parse(iso);

/** Of every minute of a day that begins at `fromMs`, the local times at which quiet hours begin and end. */
function changes(hours: QuietHours, fromMs: number, spanHours: number, timeZone: string): string[] {
  const found: string[] = [];
  let before = isQuiet(hours, fromMs, timeZone);
  for (let minute = 1; minute <= spanHours * 60; minute += 1) {
    const atMs = fromMs + minute * MINUTE_MS;
    const now = isQuiet(hours, atMs, timeZone);
    if (now !== before) found.push(`${now ? 'quiet' : 'loud'} ${wallClock(atMs, timeZone)}`);
    before = now;
  }
  return found;
}

describe('quiet hours', () => {
  it.each([
    'UTC',
    'Europe/Berlin',
    'America/New_York',
    'Asia/Kathmandu',
    'Australia/Lord_Howe',
    'Pacific/Apia',
  ])('L3 run over midnight by the clock on the wall in %s', (zone) => {
    expect(changes(night(), at('2026-06-10T12:00:00Z'), 24, zone).sort()).toEqual([
      'loud 07:00',
      'quiet 22:00',
    ]);
  });

  it.each([
    ['Europe/Berlin, an hour is skipped', 'Europe/Berlin', '2026-03-28T12:00:00Z'],
    ['Europe/Berlin, an hour comes twice', 'Europe/Berlin', '2026-10-24T12:00:00Z'],
    ['New York, an hour is skipped', 'America/New_York', '2026-03-07T18:00:00Z'],
    ['New York, an hour comes twice', 'America/New_York', '2026-10-31T18:00:00Z'],
    ['Lord Howe, half an hour comes twice', 'Australia/Lord_Howe', '2026-04-04T01:00:00Z'],
  ])('L3 begin and end at the same time on the wall when the clocks change: %s', (_what, zone, fromIso) => {
    expect(changes(night(), at(fromIso), 26, zone)).toEqual(['quiet 22:00', 'loud 07:00']);
  });

  it('L3 that end in the hour that comes twice are quiet again in its second half, never longer than the wall says', () => {
    const hours = night({ from: '22:00', to: '02:30' });
    expect(changes(hours, at('2026-10-24T12:00:00Z'), 24, 'Europe/Berlin')).toEqual([
      'quiet 22:00',
      'loud 02:30',
      'quiet 02:00',
      'loud 02:30',
    ]);
  });

  it('belong to the day on which they begin', () => {
    // Friday evening into Saturday, and nothing on Saturday evening.
    const hours = night({ days: [5] });
    const zone = 'Europe/Berlin';
    expect(isQuiet(hours, at('2026-06-12T21:00:00Z'), zone)).toBe(true);
    expect(isQuiet(hours, at('2026-06-13T04:00:00Z'), zone)).toBe(true);
    expect(isQuiet(hours, at('2026-06-13T21:00:00Z'), zone)).toBe(false);
    expect(isQuiet(hours, at('2026-06-12T04:00:00Z'), zone)).toBe(false);
  });

  it('within one day, and for a whole one', () => {
    const noon = night({ from: '12:00', to: '13:00' });
    expect(changes(noon, at('2026-06-10T00:00:00Z'), 24, 'UTC')).toEqual(['quiet 12:00', 'loud 13:00']);
    const sunday = night({ from: '00:00', to: '00:00', days: [0] });
    expect(changes(sunday, at('2026-06-13T12:00:00Z'), 48, 'UTC')).toEqual(['quiet 00:00', 'loud 00:00']);
  });

  it('hold nothing while they are switched off', () => {
    expect(isQuiet(night({ enabled: false }), at('2026-06-10T23:00:00Z'), 'UTC')).toBe(false);
  });

  it.each(['24:00', '7:00', '22:60', '', 'noon'])('refuse %j as a time', (from) => {
    expect(quietHours.safeParse({ from }).success).toBe(false);
  });
});

describe('tomorrow', () => {
  it.each([
    ['UTC', '2026-06-10T12:00:00Z', '2026-06-11T08:00:00Z'],
    ['UTC', '2026-06-10T00:00:00Z', '2026-06-11T08:00:00Z'],
    ['Europe/Berlin', '2026-03-28T22:30:00Z', '2026-03-29T06:00:00Z'],
    ['Europe/Berlin', '2026-10-24T20:00:00Z', '2026-10-25T07:00:00Z'],
    ['Asia/Kathmandu', '2026-06-10T12:00:00Z', '2026-06-11T02:15:00Z'],
    ['America/New_York', '2026-06-11T03:00:00Z', '2026-06-11T12:00:00Z'],
  ])('at eight in %s, asked at %s, is %s', (zone, now, expected) => {
    expect(new Date(tomorrowAt(8, at(now), zone)).toISOString()).toBe(expected.replace('Z', '.000Z'));
  });
});
