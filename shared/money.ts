import { Decimal } from 'decimal.js';

import { addUnits, divideUnits, multiplyUnits, sumUnits } from './whole-units.ts';

const Exact = Decimal.clone({ precision: 40, toExpNeg: -40, toExpPos: 40 });

/** A finite decimal number written without exponent, such as "0.00750000" or "-12.3". Money and quantities travel as these. */
export type DecimalString = string;

/** Three numbers from a wire multiplied with one another still fit into a decimal string. */
const TOO_LARGE = '1e26';
const MOST_DECIMALS = 36;

const written = (value: Decimal): DecimalString => value.toDecimalPlaces(MOST_DECIMALS).toFixed();

/** Between these JavaScript writes a number without exponent, with as many digits as tell it from its neighbours. */
const isWrittenPlain = (value: number): boolean => {
  const size = Math.abs(value);
  return (size >= 1e-6 && size < 1e21) || size === 0;
};

/** A number in the one form in which it is written here: no exponent, no leading zeros, no closing ones, no minus before zero. */
const PLAIN = /^(?!-0$)-?(?:0|[1-9]\d{0,24})(?:\.\d{0,34}[1-9])?$/;

/**
 * Turns a number or numeric text from a wire into a decimal string; NaN, infinities, absurd sizes and anything else become
 * `null`. Smaller than 36 decimals can tell is zero.
 */
export function toDecimal(value: unknown): DecimalString | null {
  if (typeof value !== 'number' && typeof value !== 'string') return null;
  // Most numbers of a wire are written down as they are: a tenth of the time that reckoning with them takes.
  if (typeof value === 'number' ? isWrittenPlain(value) : PLAIN.test(value)) return String(value);
  if (typeof value === 'string' && !/^\s*-?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?\s*$/i.test(value)) return null;
  const parsed = new Exact(typeof value === 'string' ? value.trim() : value);
  return parsed.isFinite() && parsed.abs().lt(TOO_LARGE) ? written(parsed) : null;
}

export const add = (a: DecimalString, b: DecimalString): DecimalString =>
  addUnits(a, b, 1n) ?? written(new Exact(a).plus(b));
export const subtract = (a: DecimalString, b: DecimalString): DecimalString =>
  addUnits(a, b, -1n) ?? written(new Exact(a).minus(b));
export const multiply = (a: DecimalString, b: DecimalString): DecimalString =>
  multiplyUnits(a, b) ?? written(new Exact(a).times(b));
export const absolute = (a: DecimalString): DecimalString =>
  PLAIN.test(a) ? a.replace('-', '') : new Exact(a).abs().toFixed();

export function compare(a: DecimalString, b: DecimalString): -1 | 0 | 1 {
  const sign = b === '0' ? signOf(a) : null;
  if (sign !== null) return sign;
  // Rounding to a float keeps the order: where the floats differ, so do the decimals, in the same direction.
  const [left, right] = [Number(a), Number(b)];
  if (left < right) return -1;
  if (left > right) return 1;
  return a === b ? 0 : (new Exact(a).comparedTo(b) as -1 | 0 | 1);
}

/** By its first digit that is not zero; `null` for what is no decimal. */
function signOf(a: DecimalString): -1 | 0 | 1 | null {
  const isNegative = a.startsWith('-');
  for (let index = isNegative ? 1 : 0; index < a.length; index += 1) {
    const mark = a[index] ?? '';
    if (mark >= '1' && mark <= '9') return isNegative ? -1 : 1;
    if (mark !== '0' && mark !== '.') return null;
  }
  return a.endsWith('0') ? 0 : null;
}

const QUOTIENT_DECIMALS = 20;

/** `a / b`, or `null` when `b` is zero. Rounded to 20 decimals. */
export function divide(a: DecimalString, b: DecimalString): DecimalString | null {
  const quotient = divideUnits(a, b, QUOTIENT_DECIMALS);
  if (quotient !== null || new Exact(b).isZero()) return quotient;
  return new Exact(a).dividedBy(b).toDecimalPlaces(QUOTIENT_DECIMALS).toFixed();
}

/** The change from `from` to `to` in percent, or `null` when `from` is zero. */
export function percentChange(from: DecimalString, to: DecimalString): DecimalString | null {
  const ratio = divide(subtract(to, from), absolute(from));
  return ratio === null ? null : multiply(ratio, '100');
}

export const sum = (values: readonly DecimalString[]): DecimalString =>
  sumUnits(values) ?? values.reduce((total, value) => total.plus(value), new Exact(0)).toFixed();

/** A float for drawing only; never for arithmetic on money. */
export const toFloat = (value: DecimalString): number => Number(value);
