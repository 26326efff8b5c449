import { Decimal } from 'decimal.js';
import { assert, constant, double, oneof, property, stringMatching, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';

import { decimalString } from './decimal-string.ts';
import { absolute, add, compare, divide, multiply, subtract, sum, toDecimal } from './money.ts';

/** What is written down without reckoning must be what reckoning would have written. */
const Exact = Decimal.clone({ precision: 40, toExpNeg: -40, toExpPos: 40 });

function reckoned(value: number | string): string | null {
  const parsed = new Exact(typeof value === 'string' ? value.trim() : value);
  return parsed.isFinite() && parsed.abs().lt('1e26') ? parsed.toDecimalPlaces(36).toFixed() : null;
}

const digits = stringMatching(/^-?\d{1,30}(\.\d{0,40})?$/);
const decimals = stringMatching(/^-?\d{1,28}(\.\d{1,30})?$/).filter(
  (text) => decimalString.safeParse(text).success,
);
const close = stringMatching(/^-?(0|12345678901234567)(\.\d{1,4})?$/);
const amounts = stringMatching(/^-?(0|[1-9]\d{0,8})(\.\d{1,12})?$/);
const pairs = oneof(tuple(decimals, decimals), tuple(amounts, amounts), tuple(amounts, decimals));
const anyNumber = oneof(
  double(),
  double({ min: -1e-5, max: 1e-5 }),
  double({ min: -1e6, max: 1e6 }).map((value) => Math.round(value * 100) / 100),
);

describe('decimals that are written down without being reckoned with', () => {
  it('D5 are those of any number that a wire can hold', () => {
    assert(
      property(anyNumber, (value) => toDecimal(value) === reckoned(value)),
      { numRuns: 20_000 },
    );
  });

  it('D5 are those of any numeric text, zeros at either end and a minus before zero included', () => {
    assert(
      property(oneof(digits, stringMatching(/^-?0{0,2}\d?\.\d{0,3}0{0,2}$/)), (text) => {
        const isNumber = /\d/.test(text);
        return !isNumber || toDecimal(text) === reckoned(text);
      }),
      { numRuns: 20_000 },
    );
  });

  it('compare in the same order as exact ones, also where a float cannot tell them apart', () => {
    assert(
      property(
        oneof(tuple(decimals, decimals), tuple(close, close), tuple(decimals, constant('0'))),
        ([a, b]) => compare(a, b) === new Exact(a).comparedTo(b),
      ),
      { numRuns: 20_000 },
    );
  });

  it('add, subtract, multiply, divide and lose their sign as exact ones do, zero, leading and closing zeros included', () => {
    const text = (value: Decimal): string => value.toDecimalPlaces(36).toFixed();
    assert(
      property(pairs, ([a, b]) => {
        const [left, right] = [new Exact(a), new Exact(b)];
        expect({
          sum: add(a, b),
          added: sum([a, b, a]),
          difference: subtract(a, b),
          product: multiply(a, b),
          quotient: divide(a, b),
          size: absolute(a),
        }).toEqual({
          sum: text(left.plus(right)),
          added: left.plus(right).plus(left).toFixed(),
          difference: text(left.minus(right)),
          product: text(left.times(right)),
          quotient: right.isZero() ? null : left.dividedBy(right).toDecimalPlaces(20).toFixed(),
          size: left.abs().toFixed(),
        });
      }),
      { numRuns: 10_000 },
    );
  });

  it('divide to a half in the last place as exact ones do, on either side of it', () => {
    const lastPlaces = stringMatching(/^-?\d{1,3}\.\d{18}[0-9](49{0,12}|50{0,12}[01]|5)$/);
    assert(
      property(tuple(lastPlaces, stringMatching(/^-?[1-9]\d{0,14}$/)), ([a, b]) => {
        expect(divide(a, b)).toBe(new Exact(a).dividedBy(b).toDecimalPlaces(20).toFixed());
      }),
      { numRuns: 10_000 },
    );
  });

  it.each(['', 'abc', '1e5', ' 1', '0x10', '1.', '.5', 'NaN'])(
    'D5 %j is not quietly taken for a number',
    (text) => {
      const reference = (): string => new Exact(text).plus(new Exact('2')).toDecimalPlaces(36).toFixed();
      const tried = (run: () => string): string => {
        try {
          return run();
        } catch (error) {
          return String(error);
        }
      };
      expect(tried(() => add(text, '2'))).toBe(tried(reference));
    },
  );
});
