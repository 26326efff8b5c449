import { afterEach, describe, expect, it } from 'vitest';

import { firstWeekday, setLocale, weekdayName } from '../../locale.ts';
import { setTimeZone } from '../../wall-time.ts';
import { isWithinHours } from '../approvals/decision-rule.ts';
import { isQuiet, quietHours } from '../attention/quiet-hours.ts';
import { regionSettings, resolveRegion } from './region.ts';

afterEach(() => {
  setTimeZone(null);
  setLocale('en-US');
});

const region = (chosen: object, system: string) => resolveRegion(regionSettings.parse(chosen), system);

describe('language and region', () => {
  it.each([
    ['a system in English', {}, 'en-GB', { language: 'en', locale: 'en-GB' }],
    ['a system in German', {}, 'de-AT', { language: 'de', locale: 'de-AT' }],
    ['a system in a language without words', {}, 'fr-CA', { language: 'en', locale: 'fr-CA' }],
    ['German on an English system', { language: 'de' }, 'en-US', { language: 'de', locale: 'de-DE' }],
    ['German on a German system', { language: 'de' }, 'de-CH', { language: 'de', locale: 'de-CH' }],
    ['English on a German system', { language: 'en' }, 'de-DE', { language: 'en', locale: 'en-US' }],
    [
      'a way of writing of its own',
      { language: 'de', locale: 'ja-JP' },
      'en-US',
      { language: 'de', locale: 'ja-JP' },
    ],
  ])('follows %s', (_case, chosen, system, expected) => {
    expect(region(chosen, system)).toEqual({ ...expected, timeZone: null });
  });

  it('knows the zones of this computer and no others', () => {
    expect(regionSettings.safeParse({ timeZone: 'America/St_Johns' }).success).toBe(true);
    for (const timeZone of ['', 'Mars/Olympus', '+02:00', '../etc/localtime', 'x'.repeat(80), 7])
      expect(regionSettings.safeParse({ timeZone }).success, String(timeZone)).toBe(false);
  });

  it('begins the week as the place does', () => {
    setLocale('en-US');
    expect(weekdayName(firstWeekday() % 7)).toBe('Sunday');
    setLocale('de-DE');
    expect(weekdayName(firstWeekday() % 7)).toBe('Montag');
  });

  it('L3 quiet hours are those of the chosen zone', () => {
    const hours = quietHours.parse({ enabled: true, from: '22:00', to: '07:00' });
    const moment = Date.parse('2026-06-30T16:20:00Z');
    setTimeZone('UTC');
    expect(isQuiet(hours, moment)).toBe(false);
    setTimeZone('Asia/Kathmandu');
    expect(isQuiet(hours, moment)).toBe(true);
  });

  it('A7 the hours of a rule are those of the chosen zone', () => {
    const hours = { fromMinute: 22 * 60, toMinute: 23 * 60 };
    const moment = Date.parse('2026-06-30T16:20:00Z');
    setTimeZone('UTC');
    expect(isWithinHours(hours, moment)).toBe(false);
    setTimeZone('Asia/Kathmandu');
    expect(isWithinHours(hours, moment)).toBe(true);
  });
});
