import { describe, expect, it } from 'vitest';

import {
  formatBytes,
  formatCountdown,
  formatMoney,
  formatPercent,
  formatPrice,
  formatQuantity,
} from './format.ts';

/** Digits alone, so that the test reads the same in every locale. */
const digits = (text: string): string => text.replaceAll(/\D/g, '');

describe('figures on screen', () => {
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

  it('count down to zero and never below', () => {
    expect(formatCountdown(249_000)).toBe('4:09');
    expect(formatCountdown(3_753_000)).toBe('1:02:33');
    expect(formatCountdown(400)).toBe('0:01');
    expect(formatCountdown(-5_000)).toBe('0:00');
  });
});
