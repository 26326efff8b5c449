import type { DecimalString } from '#shared/money.ts';
import { absolute, compare, divide, multiply, subtract } from '#shared/money.ts';

/*
 * `amount` is money in the answers about one's own copies (§4.2, as recorded) and units in what is meant to be live (§4.3), and
 * nothing says which. What stands beside it does: whichever of the two fits the other figures better is taken.
 */

/** Units of a position: what it is worth less what it won is what was paid for it, in money. */
export function unitsOfCopy(wire: {
  amount: DecimalString | null;
  entryPrice: DecimalString | null;
  currentPrice: DecimalString | null;
  currentValue: DecimalString | null;
  pnl: DecimalString | null;
}): DecimalString | null {
  const { amount, entryPrice, currentPrice, currentValue, pnl } = wire;
  if (amount === null || currentValue === null || entryPrice === null) return amount;
  const units = divide(amount, entryPrice);
  if (units === null) return amount;
  const isMoney =
    pnl === null
      ? isNearer(
          currentValue,
          multiply(units, currentPrice ?? entryPrice),
          multiply(amount, currentPrice ?? entryPrice),
        )
      : isNearer(subtract(currentValue, pnl), amount, multiply(amount, entryPrice));
  return isMoney ? units : amount;
}

/** Units of an order: `value` is the units where `amount` is money (seen on the wire), and money where it is units. */
export function unitsOfOrder(wire: {
  amount: DecimalString | null;
  price: DecimalString | null;
  value: DecimalString | null;
}): DecimalString | null {
  const { amount, price, value } = wire;
  if (amount === null || price === null || value === null) return amount;
  const units = divide(amount, price);
  if (units === null) return amount;
  return isNearer(value, units, multiply(amount, price)) ? value : amount;
}

/** Where both are as near, they are the same. */
const isNearer = (figure: DecimalString, one: DecimalString, other: DecimalString): boolean =>
  compare(absolute(subtract(figure, one)), absolute(subtract(figure, other))) <= 0;
