import { describe, expect, it } from 'vitest';

import { decimalString } from './decimal-string.ts';
import { add, multiply, sum, toDecimal } from './money.ts';

const fits = (value: string | null): boolean => value !== null && decimalString.safeParse(value).success;

describe('decimals from a wire', () => {
  it.each([Number.NaN, Infinity, -Infinity, 1e26, 1e300, 'NaN', '1e999', '0x10', '', null, {}, [1]])(
    'D5 %s is no number',
    (value) => {
      expect(toDecimal(value)).toBeNull();
    },
  );

  it.each([1e-300, 5e-324, -1e-300, '1e-999'])('D5 %s is too small to be told from zero', (value) => {
    expect(Number(toDecimal(value))).toBe(0);
    expect(fits(toDecimal(value))).toBe(true);
  });

  it('keeps what assets and their smallest units need', () => {
    expect(toDecimal('0.000000000000000001')).toBe('0.000000000000000001');
    expect(toDecimal('123456789012345678901234.5')).toBe('123456789012345678901234.5');
    expect(toDecimal(0.1)).toBe('0.1');
  });

  it.each([
    ['the largest', '9.9e25'],
    ['the largest with many digits', '98765432109876543210987654.321098765432109876'],
    ['the smallest', '-0.000000000000000000000000000000000001'],
  ])('D5 %s, multiplied and added up, still is a decimal string', (_name, text) => {
    const value = toDecimal(text) ?? '';
    const product = multiply(multiply(value, value), value);
    for (const result of [value, product, add(product, value), sum([value, value, product])]) {
      expect(fits(result), result).toBe(true);
    }
  });
});
