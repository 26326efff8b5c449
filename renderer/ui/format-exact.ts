import { numberFormat } from '#shared/locale.ts';
import type { DecimalString } from '#shared/money.ts';

/** Figures with the digits that they have and no more. Apart from `format.ts`, which the first screen loads. */

/** Every digit: "68,770.91". */
export const formatExact = (value: DecimalString): string => write(value, { maximumFractionDigits: 20 });

/** A percentage that is already in percent, with four digits behind the point at most: "5%", "1.25%". */
export const formatPlainPercent = (value: DecimalString, signed = false): string =>
  write(value, {
    style: 'unit',
    unit: 'percent',
    maximumFractionDigits: 4,
    signDisplay: signed ? 'exceptZero' : 'negative',
  });

const write = (value: DecimalString, options: Intl.NumberFormatOptions): string =>
  // Intl reads the decimal text itself, so no digit is lost on a float; its type asks for a literal of a number.
  numberFormat(options).format(value as `${number}`);
