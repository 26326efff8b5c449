import { afterEach, describe, expect, it } from 'vitest';

import { setLocale } from '#shared/locale.ts';
import { LOCALES } from '#shared/region.ts';

import { addToClock, clockHint, clockPartAt, readClock, writeClock } from './typed-clock.ts';

afterEach(() => setLocale('en-US'));

const read = (locale: string, texts: readonly string[]) => {
  setLocale(locale);
  return texts.map(readClock);
};

describe('a time in a field', () => {
  it('is written with the hours of its place', () => {
    const written = ['en-US', 'de-DE', 'en-GB'].map((locale) => {
      setLocale(locale);
      return [writeClock('14:05'), writeClock('00:00:30'), clockHint(false)];
    });
    expect(written).toEqual([
      ['2:05 PM', '12:00:30 AM', '9:30 AM'],
      ['14:05', '00:00:30', 'hh:mm'],
      ['14:05', '00:00:30', 'hh:mm'],
    ]);
  });

  it('is read as it is written in every way of writing', () => {
    for (const locale of LOCALES) {
      setLocale(locale);
      for (const time of [
        '00:00',
        '00:30',
        '09:05',
        '12:00',
        '12:59',
        '14:05',
        '23:59',
        '14:05:30',
        '00:00:01',
      ])
        expect(readClock(writeClock(time)), `${locale} ${writeClock(time)}`).toBe(time);
    }
  });

  it('is read as people type it', () => {
    expect(read('de-DE', ['14:05', '1405', '14.05', '9:05', '905', '14:05:30', '14:05 Uhr'])).toEqual([
      '14:05',
      '14:05',
      '14:05',
      '09:05',
      '09:05',
      '14:05:30',
      '14:05',
    ]);
    expect(
      read('en-US', ['2:05 pm', '2:05PM', '205p', '2:05 p.m.', '12:05 am', '14:05', '09:30', '00:10']),
    ).toEqual(['14:05', '14:05', '14:05', '14:05', '00:05', '14:05', '09:30', '00:10']);
  });

  it('is not guessed where it may be in either half of the day', () => {
    expect(read('en-US', ['2:05', '12:30', '11:00'])).toEqual([null, null, null]);
    expect(read('de-DE', ['2:05', '12:30'])).toEqual(['02:05', '12:30']);
  });

  it('is nothing else', () => {
    const wrong = ['', '14', '24:00', '12:60', '12:5', 'noon', '14:05 pm', '0:05 am', '1:2:3'];
    for (const locale of ['de-DE', 'en-US']) expect(read(locale, wrong)).toEqual(wrong.map(() => null));
  });

  it('steps the part at the caret, over midnight and the half of the day', () => {
    setLocale('en-US');
    expect([0, 1, 2, 5].map((at) => clockPartAt('14:05', at).part)).toEqual([
      'hour',
      'hour',
      'minute',
      'dayPeriod',
    ]);
    expect(addToClock('23:59', 1, 'minute')).toBe('00:00');
    expect(addToClock('00:00:00', -1, 'second')).toBe('23:59:59');
    expect(addToClock('14:05', 1, 'dayPeriod')).toBe('02:05');
  });
});
