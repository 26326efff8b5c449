import { afterEach, describe, expect, it } from 'vitest';

import { setLocale } from '#shared/locale.ts';

import { readDecimal, writeDecimal, writeGrouped } from './typed-decimal.ts';

afterEach(() => setLocale('en-US'));

const read = (locale: string, texts: readonly string[]) => {
  setLocale(locale);
  return texts.map(readDecimal);
};

describe('a typed decimal', () => {
  it('is one and a half for “1,5” and for “1.5” where a comma parts decimals, and never fifteen', () => {
    for (const locale of ['de-DE', 'de-AT', 'fr-FR', 'pl-PL', 'pt-BR'])
      expect(
        read(locale, ['1,5', '1.5', '1,500', '0,00012', '0.125', '12.50', '1500,25', ',5', '-0,5']),
      ).toEqual(['1.5', '1.5', '1.500', '0.00012', '0.125', '12.50', '1500.25', '0.5', '-0.5']);
  });

  it('is read with the marks between thousands of its place, or with spaces', () => {
    expect(read('de-DE', ['1.500,25', '1.234.567', '10 000', '10\u202f000,5'])).toEqual([
      '1500.25',
      '1234567',
      '10000',
      '10000.5',
    ]);
    expect(read('en-US', ['1,500', '1,500.25', '1,234,567', '10 000.5', '1_000'])).toEqual([
      '1500',
      '1500.25',
      '1234567',
      '10000.5',
      '1000',
    ]);
    expect(read('de-CH', ['1’500.5', "12'000"])).toEqual(['1500.5', '12000']);
  });

  it('is not guessed at where it could be two numbers', () => {
    expect(read('de-DE', ['1.500', '100.000', '-1.500'])).toEqual([null, null, null]);
    expect(read('en-US', ['1,5', '12,50', '1,5000'])).toEqual([null, null, null]);
  });

  it('is nothing else', () => {
    const wrong = [
      '',
      '-',
      ',',
      '.',
      'ten',
      '1e5',
      '1,00,0',
      '1.5.5',
      '1,5,5',
      '1 00',
      '1.500 000',
      '5 %',
      'NaN',
      'Infinity',
    ];
    for (const locale of ['en-US', 'de-DE']) expect(read(locale, wrong)).toEqual(wrong.map(() => null));
  });

  it('is read as it was written, in every way of writing', () => {
    for (const locale of ['en-US', 'de-DE', 'de-CH', 'fr-CH', 'en-ZA', 'en-IN', 'hu-HU']) {
      setLocale(locale);
      for (const value of [
        '0',
        '0.125',
        '1.125',
        '1500',
        '1500.125',
        '1000000',
        '123456.5',
        '-7.250',
        '0.000',
      ])
        expect([readDecimal(writeDecimal(value)), readDecimal(writeGrouped(value))], locale).toEqual([
          value,
          value,
        ]);
    }
  });

  it('stands in an input with the sign of its place, and twice written is written once', () => {
    setLocale('de-DE');
    expect([writeDecimal('1.125'), writeDecimal(writeDecimal('1.125')), writeDecimal('v1.5')]).toEqual([
      '1,125',
      '1,125',
      'v1.5',
    ]);
    expect(writeGrouped('1000000.5')).toBe('1\u202f000\u202f000,5');
  });
});
