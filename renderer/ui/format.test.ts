import { afterEach, describe, expect, it } from 'vitest';

import { setLocale } from '#shared/locale.ts';
import { setTimeZone } from '#shared/wall-time.ts';

import {
  formatBytes,
  formatCountdown,
  formatFigure,
  formatHour,
  formatShortSecond,
  formatMoney,
  formatMoneyShort,
  formatPercent,
  formatPrice,
  formatQuantity,
} from './format.ts';

/** Digits alone, so that the test reads the same in every locale. */
const digits = (text: string): string => text.replaceAll(/\D/g, '');

afterEach(() => {
  setLocale('en-US');
  setTimeZone(null);
});

describe('figures on screen', () => {
  it('of which only the size is known have eight digits, and no cent of a large one is lost', () => {
    expect(
      ['30371.49408654', '15778459794.45', '0.6304999999999996', '140', '0.000012345'].map((value) =>
        formatFigure(value),
      ),
    ).toEqual(['30,371.494', '15,778,459,794.45', '0.6305', '140', '0.00001235']);
    expect(['0.1755', '-892.24565934', '0'].map((value) => formatFigure(value, true))).toEqual([
      '+0.1755',
      '-892.24566',
      '0',
    ]);
  });

  it('give a size in the unit that reads best', () => {
    expect([0, 512, 1_024, 1_536, 5 * 1_024 ** 3].map((bytes) => digits(formatBytes(bytes)))).toEqual([
      '0',
      '512',
      '1',
      '15',
      '5',
    ]);
    expect(formatBytes(1_536)).toMatch(/kB|KB/);
  });

  it('lose no digit to a float', () => {
    expect(digits(formatMoney('9007199254740993.01'))).toBe('900719925474099301');
    expect(digits(formatQuantity('0.12345678'))).toBe('012345678');
  });

  it('have as many digits as their size asks for', () => {
    expect(digits(formatPrice('67123.4'))).toBe('6712340');
    expect(digits(formatPrice('1.23456'))).toBe('12346');
    expect(digits(formatPrice('0.00001234'))).toBe('000001234');
    expect(digits(formatPrice('0'))).toBe('000');
  });

  it('show a quantity down to about a cent of its worth', () => {
    expect(digits(formatQuantity('0.123456789', '67000'))).toBe('01234568');
    expect(digits(formatQuantity('15000.123456', '0.08'))).toBe('150001');
  });

  it('carry a sign where they are a change, and none at zero', () => {
    expect(formatPercent('1.239')).toMatch(/^\+/);
    expect(formatPercent('-1.239')).toMatch(/^[-−]/);
    expect(formatPercent('0')).not.toMatch(/[+−-]/);
    expect(formatMoney('0.004', true)).not.toMatch(/[+−-]/);
  });

  it('are short where space is: with the word of the language for thousand, or without cents', () => {
    const short = (): string[] => ['0.4', '72.51', '8472.6', '91375.91', '3500000'].map(formatMoneyShort);
    expect(short()).toEqual(['$0.4', '$72.5', '$8.5K', '$91.4K', '$3.5M']);
    setLocale('de-DE');
    expect(short().map((text) => text.replaceAll(/\s/g, ' '))).toEqual([
      '0,4 $',
      '72,5 $',
      '8.473 $',
      '91.376 $',
      '3,5 Mio. $',
    ]);
  });

  it('have the hour of a clock as its place writes it', () => {
    const atMs = Date.UTC(2026, 1, 3, 8, 3, 9);
    setTimeZone('UTC');
    expect(formatHour(atMs)).toMatch(/^8:03\sAM$/);
    expect(formatShortSecond(atMs)).toBe('08:03:09');
    setLocale('de-DE');
    expect(formatHour(atMs)).toBe('08:03');
  });

  it('count down to zero and never below', () => {
    expect(formatCountdown(249_000)).toBe('4:09');
    expect(formatCountdown(3_753_000)).toBe('1:02:33');
    expect(formatCountdown(400)).toBe('0:01');
    expect(formatCountdown(-5_000)).toBe('0:00');
  });
});
