import { afterEach, describe, expect, it } from 'vitest';

import { setLocale } from '#shared/locale.ts';
import { LOCALES } from '#shared/region.ts';

import { addToDay, dayHint, partAt, readDay, withMarks, writeDay } from './typed-day.ts';

afterEach(() => setLocale('en-US'));

const read = (locale: string, texts: readonly string[]) => {
  setLocale(locale);
  return texts.map(readDay);
};

describe('a day in a field', () => {
  it('is written and hinted at in the order of its place', () => {
    const written = ['de-DE', 'en-US', 'en-GB', 'sv-SE', 'ja-JP', 'hu-HU'].map((locale) => {
      setLocale(locale);
      return [writeDay('2026-03-05'), dayHint()];
    });
    expect(written).toEqual([
      ['05.03.2026', 'dd.mm.yyyy'],
      ['03/05/2026', 'mm/dd/yyyy'],
      ['05/03/2026', 'dd/mm/yyyy'],
      ['2026-03-05', 'yyyy-mm-dd'],
      ['2026/03/05', 'yyyy/mm/dd'],
      ['2026. 03. 05.', 'yyyy. mm. dd.'],
    ]);
  });

  it('is read as it is written in every way of writing, and as it is typed digit by digit', () => {
    for (const locale of LOCALES) {
      setLocale(locale);
      const written = writeDay('2026-03-05');
      expect(readDay(written), locale).toBe('2026-03-05');
      let text = '';
      for (const digit of written.replaceAll(/\D/g, '')) text = withMarks(text + digit, text);
      expect(written.startsWith(text) && readDay(text), `${locale} ${text}`).toBe('2026-03-05');
      text = '';
      for (const key of written) text = withMarks(text + key, text);
      expect(readDay(text), `${locale} ${text}`).toBe('2026-03-05');
    }
  });

  it('is never another day than the one that its place means', () => {
    expect(read('de-DE', ['3.4.2026', '03/04/2026', '3.4.26', '030426', '03042026'])).toEqual(
      Array(5).fill('2026-04-03'),
    );
    expect(read('en-US', ['3/4/2026', '03.04.2026', '3/4/26', '030426', '03042026'])).toEqual(
      Array(5).fill('2026-03-04'),
    );
    expect(read('en-US', ['25.11.2026', '25/11/26'])).toEqual([null, null]);
    expect(read('ja-JP', ['03/04/2026'])).toEqual([null]);
  });

  it('can be pasted whole, as machines and people write it', () => {
    const pasted = [
      '2026-11-25',
      '2026-11-25T14:05:00Z',
      ' 25.11.2026 14:05 ',
      '25. November 2026',
      'Mittwoch, 25. Nov. 2026',
      'Nov 25, 2026, 2:05 PM',
    ];
    expect(read('de-DE', pasted)).toEqual(pasted.map(() => '2026-11-25'));
    expect(read('de-DE', ['3. März 2026', '1. Mai 2026'])).toEqual(['2026-03-03', '2026-05-01']);
  });

  it('is none that the calendar does not have, nor half of one', () => {
    const wrong = [
      '',
      '25',
      '25.11',
      '25.11.',
      '29.02.2026',
      '31.04.2026',
      '00.01.2026',
      '1.1.202',
      '1.1.1969',
      'heute',
      '1.2.3.4',
      '25x11x2026',
      '123456789',
    ];
    expect(read('de-DE', wrong)).toEqual(wrong.map(() => null));
    expect(read('de-DE', ['29.02.2028'])).toEqual(['2028-02-29']);
  });

  it('steps the part at the caret, over the ends of months and years', () => {
    setLocale('de-DE');
    expect([0, 2, 3, 6, 10].map((at) => partAt('2026-03-05', at).part)).toEqual([
      'day',
      'day',
      'month',
      'year',
      'year',
    ]);
    expect(addToDay('2026-12-31', 1, 'day')).toBe('2027-01-01');
    expect(addToDay('2026-03-31', -1, 'month')).toBe('2026-02-28');
    expect(addToDay('2028-02-29', 1, 'year')).toBe('2029-02-28');
  });
});
