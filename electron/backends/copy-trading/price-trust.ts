import type { DecimalString } from '#shared/money.ts';

import { createRecent } from '../../lib/recent.ts';

/**
 * Which prices are of a market. Where the server has none it says constants with zeros beside them, and its sample prices stand still for
 * ever (§5, §7.10); nothing else on the wire tells them from real ones. So a price counts once it was seen to move.
 */
export interface PriceTrust {
  /** Takes the price in, and answers whether it counts. `isBare`: neither change nor volume came with it. */
  isOfMarket(symbol: string, price: DecimalString, isBare: boolean): boolean;
}

export function createPriceTrust(): PriceTrust {
  const seen = createRecent<{ price: DecimalString; hasMoved: boolean }>(500);
  return {
    isOfMarket(symbol, price, isBare) {
      if (isBare) return false;
      const before = seen.get(symbol);
      const hasMoved = before !== undefined && (before.hasMoved || before.price !== price);
      seen.set(symbol, { price, hasMoved });
      return hasMoved;
    },
  };
}
