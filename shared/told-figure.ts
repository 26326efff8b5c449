import { numberFormat } from './locale.ts';

/** A number, an amount, a percentage or a quantity as the main process writes it: "1,234.5", "-$2,140", "+5.00 %", "0.5 ETH". */
const FIGURE = /^([+-]?)(\$?)(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(?:(\s?%)|(\s[A-Z][A-Z0-9]+))?$/;

/**
 * A figure of an English sentence in the way of writing of this desk, with the digits that it has and grouped where it was; `null` for
 * anything else. What is written without a separator may be a port or a number of a thing, and stays as it is.
 */
export function toldFigure(text: string): string | null {
  const [, sign = '', dollar, whole = '', fraction = '', percent, unit = ''] = FIGURE.exec(text) ?? [];
  if (whole === '' || (dollar === '' && percent === undefined && !/[.,]/.test(text))) return null;
  const digits = Math.max(0, fraction.length - 1);
  const write = numberFormat({
    ...(dollar === '$' ? { style: 'currency', currency: 'USD' } : {}),
    ...(percent === undefined ? {} : { style: 'unit', unit: 'percent' }),
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    useGrouping: whole.includes(','),
    signDisplay: sign === '+' ? 'always' : 'auto',
  });
  // Intl reads the decimal text itself, so no digit is lost on a float; its type asks for a literal of a number.
  return write.format(`${sign}${whole.replaceAll(',', '')}${fraction}` as `${number}`) + unit;
}
