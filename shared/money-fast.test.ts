import { Decimal } from 'decimal.js';
import { assert, double, oneof, property, stringMatching, tuple } from 'fast-check';
import { describe, it } from 'vitest';

import { decimalString } from './decimal-string.ts';
import { compare, toDecimal } from './money.ts';

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
        oneof(tuple(decimals, decimals), tuple(close, close)),
        ([a, b]) => compare(a, b) === new Exact(a).comparedTo(b),
      ),
      { numRuns: 20_000 },
    );
  });
});
