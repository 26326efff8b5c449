import type { Trade } from '#shared/domain/portfolio/trade.ts';
import type { DecimalString } from '#shared/money.ts';
import { add, compare, multiply, subtract, sum } from '#shared/money.ts';

/**
 * The trades of one asset on one backend, in any order, with what each sale earned where that can be known. The backend's
 * own figure counts first. Otherwise a sale is held against the purchases known here, oldest first; what was held before
 * the first known trade is sold before them, at a cost that nobody here knows, so such a sale stays without a figure.
 * `heldNow` is null where the backend does not say; then no cost is known.
 */
export function withRealised(trades: readonly Trade[], heldNow: DecimalString | null): Trade[] {
  const ordered = [...trades].sort((a, b) => timeOf(a) - timeOf(b));
  const lots: Lot[] = [];
  const before = heldBefore(ordered, heldNow);
  if (before === null) return ordered;
  if (compare(before, '0') > 0) lots.push({ quantity: before, price: null });
  return ordered.map((trade) => {
    const deal = dealOf(trade);
    if (deal === null) return trade;
    if (deal.side === 'buy') {
      lots.push({ quantity: deal.quantity, price: deal.price });
      return trade;
    }
    const cost = take(lots, deal.quantity);
    if (trade.realisedPnlUsd !== null || cost === null) return trade;
    return { ...trade, realisedPnlUsd: subtract(multiply(deal.quantity, deal.price), cost) };
  });
}

interface Lot {
  quantity: DecimalString;
  /** Null where it is not known what was paid. */
  price: DecimalString | null;
}

interface Deal {
  side: 'buy' | 'sell';
  quantity: DecimalString;
  price: DecimalString;
}

const timeOf = (trade: Trade): number => trade.occurredAtMs ?? trade.receivedAtMs;

/** What really changed hands; null for what failed, ran dry or is not fully told. */
function dealOf({ side, status, filledQuantity, quantity, averagePrice }: Trade): Deal | null {
  const traded = filledQuantity ?? quantity;
  if (side === 'other' || status !== 'filled' || traded === null || averagePrice === null) return null;
  return { side, quantity: traded, price: averagePrice };
}

/** The position before the first known trade; null when it cannot be, so that the record has a hole. */
function heldBefore(trades: readonly Trade[], heldNow: DecimalString | null): DecimalString | null {
  if (heldNow === null) return null;
  const moved = sum(
    trades.flatMap((trade) => {
      const deal = dealOf(trade);
      if (deal === null) return [];
      return [deal.side === 'buy' ? deal.quantity : subtract('0', deal.quantity)];
    }),
  );
  const before = subtract(heldNow, moved);
  return compare(before, '0') < 0 ? null : before;
}

/** Takes a quantity out of the oldest lots and answers what it cost, or null when some of that is not known. */
function take(lots: Lot[], wanted: DecimalString): DecimalString | null {
  let left = wanted;
  let cost: DecimalString | null = '0';
  while (compare(left, '0') > 0) {
    const lot = lots[0];
    if (lot === undefined) return null;
    const taken = compare(lot.quantity, left) <= 0 ? lot.quantity : left;
    cost = cost === null || lot.price === null ? null : add(cost, multiply(taken, lot.price));
    left = subtract(left, taken);
    lot.quantity = subtract(lot.quantity, taken);
    if (compare(lot.quantity, '0') === 0) lots.shift();
  }
  return cost;
}
