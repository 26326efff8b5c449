import type { DecimalString } from '#shared/money.ts';
import { multiply, toFloat } from '#shared/money.ts';

/** The locale's own writing: its separators, its digits. */
const locale = typeof navigator === 'undefined' ? 'en-US' : navigator.language;

/** Dollars with cents: "$12,345.60". */
export const formatMoney = (value: DecimalString, signed = false): string =>
  write(
    value,
    { style: 'currency', currency: 'USD', minimumFractionDigits: 2, maximumFractionDigits: 2 },
    signed,
  );

/** Dollars for where space is short: "$1.2M". */
export const formatMoneyShort = (value: DecimalString): string =>
  write(value, { style: 'currency', currency: 'USD', notation: 'compact', maximumFractionDigits: 1 }, false);

/** A price with as many digits as its size asks for: "$67,123.40", "$1.2345", "$0.00001234". */
export function formatPrice(value: DecimalString): string {
  const digits = priceDigits(toFloat(value));
  return write(
    value,
    {
      style: 'currency',
      currency: 'USD',
      minimumFractionDigits: Math.min(2, digits),
      maximumFractionDigits: digits,
    },
    false,
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

/** A percentage that is already in percent: "+1.23%". */
export const formatPercent = (value: DecimalString, signed = true): string =>
  `${write(value, { minimumFractionDigits: 2, maximumFractionDigits: 2 }, signed)}%`;

/** A funding rate, which is a fraction, in percent: rates are small, so with four digits: "+0.0100%". */
export const formatFundingRate = (fraction: DecimalString): string =>
  `${write(multiply(fraction, '100'), { minimumFractionDigits: 4, maximumFractionDigits: 4 }, true)}%`;

export const formatCount = (value: number): string => number({}).format(value);

const BYTE_UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];

/** A size in the largest unit in which it is at least one: "3.4 MB". */
export function formatBytes(bytes: number): string {
  const power = bytes < 1 ? 0 : Math.floor(Math.log2(bytes) / 10);
  const index = Math.min(BYTE_UNITS.length - 1, power);
  const unit = BYTE_UNITS[index] ?? 'byte';
  return number({ style: 'unit', unit, maximumFractionDigits: index === 0 ? 0 : 1 }).format(
    bytes / 1_024 ** index,
  );
}

/** "3 Mar 2026". */
export const formatDay = (atMs: number): string =>
  new Date(atMs).toLocaleDateString(locale, { dateStyle: 'medium' });

/** The locale's first day of the week: Monday is 1 and Sunday 7. Monday where the locale does not say. */
export function firstWeekday(): number {
  const known: Intl.Locale & { getWeekInfo?: () => { firstDay: number } } = new Intl.Locale(locale);
  return known.getWeekInfo?.().firstDay ?? 1;
}

/** "14:03:59" today, "3 Mar 14:03" on another day. */
export function formatTime(atMs: number, nowMs: number): string {
  const at = new Date(atMs);
  return at.toDateString() === new Date(nowMs).toDateString()
    ? at.toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit', second: '2-digit' })
    : at.toLocaleString(locale, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
}

/** "14:03" today, "3 Mar 14:03" on another day. */
export function formatClock(atMs: number, nowMs: number): string {
  const at = new Date(atMs);
  const clock = { hour: '2-digit', minute: '2-digit' } as const;
  return at.toDateString() === new Date(nowMs).toDateString()
    ? at.toLocaleTimeString(locale, clock)
    : at.toLocaleString(locale, { day: 'numeric', month: 'short', ...clock });
}

/** The whole date and time, for tooltips. */
export const formatDateTime = (atMs: number): string =>
  new Date(atMs).toLocaleString(locale, { dateStyle: 'medium', timeStyle: 'medium' });

/** What is left of a wait: "4:09", "1:02:33". Nothing left reads "0:00". */
export function formatCountdown(leftMs: number): string {
  const seconds = Math.max(0, Math.ceil(leftMs / 1_000));
  const parts = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
  const shown = parts[0] === 0 ? parts.slice(1) : parts;
  return shown.map((part, index) => (index === 0 ? String(part) : String(part).padStart(2, '0'))).join(':');
}

function priceDigits(price: number): number {
  const size = Math.abs(price);
  if (size === 0 || size >= 100) return 2;
  if (size >= 1) return 4;
  return Math.min(12, 3 - Math.floor(Math.log10(size)));
}

function write(value: DecimalString, options: Intl.NumberFormatOptions, signed: boolean): string {
  // Intl reads the decimal text itself, so no digit is lost on a float; its type asks for a literal of a number.
  return number({ ...options, signDisplay: signed ? 'exceptZero' : 'negative' }).format(value as `${number}`);
}

const formats = new Map<string, Intl.NumberFormat>();

function number(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = JSON.stringify(options);
  let format = formats.get(key);
  if (format === undefined) {
    format = new Intl.NumberFormat(locale, options);
    formats.set(key, format);
  }
  return format;
}
