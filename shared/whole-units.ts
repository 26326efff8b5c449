/*
 * Exact sums, products and quotients of decimals as whole numbers of their last place, a fifth of what a library of decimals takes.
 * Each is `null` where the result may have more digits than `MOST_DIGITS`, or a text is no plain decimal: the library decides then.
 */

/** Results up to here are not rounded by the library either. */
const MOST_DIGITS = 39;
const MOST_PLACES = 36;

const DECIMAL = /^-?\d+(?:\.\d+)?$/;

interface Units {
  count: bigint;
  /** Digits behind the point. */
  places: number;
}

/** `a + sign × b`. */
export function addUnits(a: string, b: string, sign: 1n | -1n): string | null {
  const [left, right] = [unitsOf(a), unitsOf(b)];
  if (left === null || right === null) return null;
  const places = Math.max(left.places, right.places);
  const wholeDigits = Math.max(a.length - left.places, b.length - right.places);
  if (places > MOST_PLACES || wholeDigits + places > MOST_DIGITS) return null;
  return textOf(inPlaces(left, places) + sign * inPlaces(right, places), places);
}

export function sumUnits(values: readonly string[]): string | null {
  let [count, places, wholeDigits] = [0n, 0, 0];
  for (const value of values) {
    const units = unitsOf(value);
    if (units === null) return null;
    if (units.places > places) {
      count *= 10n ** BigInt(units.places - places);
      places = units.places;
    }
    count += inPlaces(units, places);
    wholeDigits = Math.max(wholeDigits, value.length - units.places);
  }
  const isExact = places <= MOST_PLACES && wholeDigits + digitsOf(values.length) + places <= MOST_DIGITS;
  return isExact ? textOf(count, places) : null;
}

export function multiplyUnits(a: string, b: string): string | null {
  if (a.length + b.length > MOST_DIGITS) return null;
  const [left, right] = [unitsOf(a), unitsOf(b)];
  if (left === null || right === null || left.places + right.places > MOST_PLACES) return null;
  return textOf(left.count * right.count, left.places + right.places);
}

/** `a / b`, rounded half away from zero to `places`; `null` also for a `b` of zero. */
export function divideUnits(a: string, b: string, places: number): string | null {
  const [dividend, divisor] = [unitsOf(a), unitsOf(b)];
  if (dividend === null || divisor === null || divisor.count === 0n) return null;
  const shift = places + divisor.places - dividend.places;
  // The library rounds twice, to its digits and then to places: with so few digits that cannot be told from once.
  if (shift < 0 || a.length + shift > MOST_DIGITS) return null;
  const twice = 2n * sizeOf(dividend.count) * 10n ** BigInt(shift);
  const size = (twice + sizeOf(divisor.count)) / (2n * sizeOf(divisor.count));
  return textOf(dividend.count < 0n === divisor.count < 0n ? size : -size, places);
}

function unitsOf(text: string): Units | null {
  if (text.length > MOST_DIGITS || !DECIMAL.test(text)) return null;
  const point = text.indexOf('.');
  if (point === -1) return { count: BigInt(text), places: 0 };
  return { count: BigInt(text.slice(0, point) + text.slice(point + 1)), places: text.length - point - 1 };
}

const inPlaces = (units: Units, places: number): bigint =>
  units.places === places ? units.count : units.count * 10n ** BigInt(places - units.places);

const digitsOf = (count: number): number => String(count).length;
const sizeOf = (count: bigint): bigint => (count < 0n ? -count : count);

/** Without closing zeros behind the point. */
function textOf(count: bigint, places: number): string {
  if (places === 0) return String(count);
  const digits = String(sizeOf(count)).padStart(places + 1, '0');
  const point = digits.length - places;
  let end = digits.length;
  while (end > point && digits.endsWith('0', end)) end -= 1;
  const text =
    end === point ? digits.slice(0, point) : `${digits.slice(0, point)}.${digits.slice(point, end)}`;
  return count < 0n ? `-${text}` : text;
}
