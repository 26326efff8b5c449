import type { DecimalString } from '#shared/money.ts';

const FORMAT = new Intl.NumberFormat('en-US', { maximumFractionDigits: 20 });

/** A figure in an English sentence, grouped, with every digit that it has: "68,770.91". Its currency is not known. */
export const exactFigure = (value: DecimalString): string =>
  // Intl reads the decimal text itself, so no digit is lost on a float; its type asks for a literal of a number.
  FORMAT.format(value as `${number}`);
