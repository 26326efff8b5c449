import { dateFormat, hourDigits, numberFormat } from '#shared/locale.ts';
import type { DecimalString } from '#shared/money.ts';
import { multiply, toFloat } from '#shared/money.ts';
import { isSameDay } from '#shared/wall-time.ts';

/** Dollars with cents: "$12,345.60". */
export const formatMoney = (value: DecimalString, signed = false): string =>
  write(
    value,
    { style: 'currency', currency: 'USD', minimumFractionDigits: 2, maximumFractionDigits: 2 },
    signed,
  );

/** Dollars for where space is short: "$1.2M". */
export function formatMoneyShort(value: DecimalString): string {
  const size = Math.abs(toFloat(value));
  const dollars = { style: 'currency', currency: 'USD' } as const;
  // Not every language has a word for thousand: where it writes the figure out, cents are no shorter.
  const isWritten = numberFormat({ ...dollars, notation: 'compact' })
    .formatToParts(size)
    .every(({ type }) => type !== 'compact');
  return isWritten && size >= 100
    ? write(value, { ...dollars, maximumFractionDigits: 0 }, false)
    : write(value, { ...dollars, notation: 'compact', maximumFractionDigits: 1 }, false);
}

/** A price with as many digits as its size asks for: "$67,123.40", "$1.2345", "$0.00001234". */
export function formatPrice(value: DecimalString, signed = false): string {
  const digits = priceDigits(toFloat(value));
  return write(
    value,
    {
      style: 'currency',
      currency: 'USD',
      // As many for every price of its size, so that a figure that moves keeps its width.
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    },
    signed,
  );
}

/** The smallest difference that `formatPrice` shows at a price of this size. */
export const priceStep = (price: number): number => 10 ** -priceDigits(price);

/**
 * A quantity without trailing zeros. With the price of one unit it shows digits down to about a cent's worth; without it,
 * up to eight.
 */
export function formatQuantity(value: DecimalString, priceUsd: DecimalString | null = null): string {
  const price = priceUsd === null ? 0 : toFloat(priceUsd);
  const digits = price > 0 ? Math.min(8, Math.max(0, Math.ceil(Math.log10(price)) + 2)) : 8;
  return write(value, { maximumFractionDigits: digits }, false);
}

/** A figure of which nothing is known but its size: eight digits of it, two behind the point at least where it has them. */
export function formatFigure(value: DecimalString, signed = false): string {
  const size = Math.abs(toFloat(value));
  const whole = size < 1 ? 0 : Math.floor(Math.log10(size)) + 1;
  return write(value, { maximumFractionDigits: Math.max(2, 8 - whole) }, signed);
}

/** So many of a unit, by its name in `Intl`: "180 sec". */
export const formatUnit = (value: DecimalString, unit: string): string =>
  write(value, { style: 'unit', unit, maximumFractionDigits: 2 }, false);

/** A percentage that is already in percent: "+1.23%". */
export const formatPercent = (value: DecimalString, signed = true): string =>
  write(value, { ...PERCENT, minimumFractionDigits: 2, maximumFractionDigits: 2 }, signed);

/** A funding rate, which is a fraction, in percent: rates are small, so with four digits: "+0.0100%". */
export const formatFundingRate = (fraction: DecimalString): string =>
  write(multiply(fraction, '100'), { ...PERCENT, minimumFractionDigits: 4, maximumFractionDigits: 4 }, true);

/** A share that is already in percent, with so many digits behind the point: "12.5%". */
export const formatShare = (percent: number, digits = 1): string =>
  numberFormat({ ...PERCENT, minimumFractionDigits: digits, maximumFractionDigits: digits }).format(percent);

/** A plain number with so many digits behind the point, no more and no fewer. */
export const formatFixed = (value: number, digits: number): string =>
  numberFormat({ minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);

/** A plain number with no more digits behind the point than it has, nor than these. */
export const formatNumber = (value: number, mostDigits: number): string =>
  numberFormat({ maximumFractionDigits: mostDigits }).format(value);

/** "4.5×"; a ratio over something tiny can be of any size. */
export const formatRatio = (ratio: DecimalString): string =>
  `${write(ratio, { maximumFractionDigits: 2, notation: ratio.length > 7 ? 'compact' : 'standard' }, false)}×`;

export const formatCount = (value: number): string => numberFormat().format(value);

const BYTE_UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];

/** A size in the largest unit in which it is at least one: "3.4 MB". */
export function formatBytes(bytes: number): string {
  const power = bytes < 1 ? 0 : Math.floor(Math.log2(bytes) / 10);
  const index = Math.min(BYTE_UNITS.length - 1, power);
  const unit = BYTE_UNITS[index] ?? 'byte';
  return numberFormat({ style: 'unit', unit, maximumFractionDigits: index === 0 ? 0 : 1 }).format(
    bytes / 1_024 ** index,
  );
}

/** "3 Mar 2026". */
export const formatDay = (atMs: number): string => dateFormat({ dateStyle: 'medium' }).format(atMs);

/** "Monday, 3 March". */
export const formatWeekday = (atMs: number): string =>
  dateFormat({ weekday: 'long', day: 'numeric', month: 'long' }).format(atMs);

/** "March 2026". */
export const formatMonth = (atMs: number): string =>
  dateFormat({ month: 'long', year: 'numeric' }).format(atMs);

/** "3 Mar": where the year is clear. */
export const formatShortDay = (atMs: number): string =>
  dateFormat({ day: 'numeric', month: 'short' }).format(atMs);

/** "14:03". */
export const formatHour = (atMs: number): string => dateFormat(clock()).format(atMs);

/** "14:03:59". */
const formatSecond = (atMs: number): string => dateFormat(clock(true)).format(atMs);

/** "14:03:59" in every locale: no room for "AM" and "PM". */
export const formatShortSecond = (atMs: number): string =>
  dateFormat({ ...clock(true), hour: '2-digit', hourCycle: 'h23' }).format(atMs);

/** "14:03:59" today, "3 Mar 14:03" on another day. */
export const formatTime = (atMs: number, nowMs: number): string =>
  isSameDay(atMs, nowMs) ? formatSecond(atMs) : formatMoment(atMs);

/** "14:03" today, "3 Mar 14:03" on another day. */
export const formatClock = (atMs: number, nowMs: number): string =>
  isSameDay(atMs, nowMs) ? formatHour(atMs) : formatMoment(atMs);

/** "3 Mar 14:03", with seconds where they are wanted. */
export const formatMoment = (atMs: number, seconds = false): string =>
  dateFormat({ day: 'numeric', month: 'short', ...clock(seconds) }).format(atMs);

/** "3 Mar 2026, 14:03", with seconds where they are wanted. */
export const formatWholeMoment = (atMs: number, seconds = false): string =>
  dateFormat({
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    ...clock(seconds),
  }).format(atMs);

/** The whole date and time, for tooltips. */
export const formatDateTime = (atMs: number): string =>
  dateFormat({ dateStyle: 'medium', timeStyle: 'medium' }).format(atMs);

/** What is left of a wait: "4:09", "1:02:33". Nothing left reads "0:00". */
export function formatCountdown(leftMs: number): string {
  const seconds = Math.max(0, Math.ceil(leftMs / 1_000));
  const parts = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
  const shown = parts[0] === 0 ? parts.slice(1) : parts;
  return shown.map((part, index) => (index === 0 ? String(part) : String(part).padStart(2, '0'))).join(':');
}

const PERCENT = { style: 'unit', unit: 'percent' } as const;

const clock = (seconds = false): Intl.DateTimeFormatOptions => ({
  hour: hourDigits(),
  minute: '2-digit',
  ...(seconds ? { second: '2-digit' } : {}),
});

function priceDigits(price: number): number {
  const size = Math.abs(price);
  if (size === 0 || size >= 100) return 2;
  if (size >= 1) return 4;
  return Math.min(12, 3 - Math.floor(Math.log10(size)));
}

function write(value: DecimalString, options: Intl.NumberFormatOptions, signed: boolean): string {
  // Intl reads the decimal text itself, so no digit is lost on a float; its type asks for a literal of a number.
  return numberFormat({ ...options, signDisplay: signed ? 'exceptZero' : 'negative' }).format(
    value as `${number}`,
  );
}
