import { numberFormat } from '#shared/locale.ts';
import type { DecimalString } from '#shared/money.ts';

/**
 * A decimal as a person types it, by the desk's way of writing: "1,5" is 1.5 where a comma parts decimals, and "1,500" is 1500 where it
 * parts thousands. `null` for what is no number and for what could be two: "1.500" where the comma parts decimals is fifteen hundred by
 * that way of writing and one and a half by every exchange, so nobody guesses. All digits are kept, closing zeros too.
 */
export function readDecimal(text: string): DecimalString | null {
  const own = decimalSign();
  const typed = text.trim().replace('−', '-');
  const number = new RegExp(`^-?(?:\\d+\\${own}?\\d*|\\${own}\\d+)$`);
  if (number.test(typed)) return plain(typed.replace(own, '.'));
  const whole = withoutGroups(typed, own);
  if (whole !== null) return plain(whole);
  // The other sign, where it can part nothing but decimals.
  const foreign = own === ',' ? /^-?\d+\.\d+$/ : /^-?0,\d+$/;
  return foreign.test(typed) && !couldBeThousands(typed) ? plain(typed.replace(',', '.')) : null;
}

/** As it stands in an input: with the desk's sign for decimals, and nothing between thousands. What is no decimal stays as it is. */
export const writeDecimal = (value: string): string =>
  /^-?\d+\.\d+$/.test(value) ? value.replace('.', decimalSign()) : value;

/** "1,000,000", so that nobody counts zeros; parted so that `readDecimal` reads the same. */
export function writeGrouped(value: DecimalString): string {
  const [whole = '', ...decimals] = value.split('.');
  const mark = decimalSign() === '.' ? ',' : NARROW_SPACE;
  return [whole.replace(/\B(?=(?:\d{3})+$)/g, mark), ...decimals].join(decimalSign());
}

/** What parts decimals in the desk's way of writing. */
export const decimalSign = (): '.' | ',' =>
  numberFormat()
    .formatToParts(1.5)
    .some(({ type, value }) => type === 'decimal' && value === ',')
    ? ','
    : '.';

const NARROW_SPACE = '\u202f';

const couldBeThousands = (typed: string): boolean => /^-?[1-9]\d{0,2}\.\d{3}$/.test(typed);

/** Without the marks between thousands, if that is what they are; one kind of mark in a number. */
function withoutGroups(typed: string, own: '.' | ','): string | null {
  if (own === ',' && couldBeThousands(typed)) return null;
  const other = own === ',' ? '\\.' : ',';
  const groups = new RegExp(
    `^(-?[1-9]\\d{0,2})((${other}|[\\s'’_])\\d{3}(?:\\3\\d{3})*)(?:\\${own}(\\d+))?$`,
  );
  const [, first, rest, , decimals] = groups.exec(typed) ?? [];
  if (first === undefined || rest === undefined) return null;
  return first + rest.replaceAll(/\D/g, '') + (decimals === undefined ? '' : `.${decimals}`);
}

/** "5." and ".5" with the nought that is left out. */
const plain = (text: string): string => text.replace(/\.$/, '').replace(/^(-?)\./, '$10.');
