import { numberFormat } from '#shared/locale.ts';
import type { DecimalString } from '#shared/money.ts';

/** A figure with every digit that it has: "68,770.91". */
export const formatExact = (value: DecimalString): string =>
  // Intl reads the decimal text itself, so no digit is lost on a float; its type asks for a literal of a number.
  numberFormat({ maximumFractionDigits: 20 }).format(value as `${number}`);
