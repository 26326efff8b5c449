import type { Holding } from '#shared/domain/portfolio/portfolio.ts';
import { compare } from '#shared/money.ts';

/** Assets by backend for which a price was known while they were held. */
export type PricedAssets = Readonly<Record<string, readonly string[]>>;

/**
 * Which backends lost the price of something that they hold: their totals leave it out from one reading to the next, which
 * must not look like a loss. What never had a price was never part of a total and is not missed.
 */
export interface PriceWatch {
  look(backendIds: readonly string[], holdings: Iterable<Holding>): void;
  /** What is held without a price that had one. */
  lost(backendId: string): readonly string[];
  priced(): PricedAssets;
}

export function createPriceWatch(known: PricedAssets): PriceWatch {
  let priced: PricedAssets = known;
  let lost: PricedAssets = {};

  return {
    look(backendIds, holdings) {
      const held = new Map<string, { withPrice: string[]; without: string[] }>();
      for (const { backendId, asset, quantity, priceUsd } of holdings) {
        if (compare(quantity, '0') === 0) continue;
        const own = held.get(backendId) ?? { withPrice: [], without: [] };
        held.set(backendId, own);
        (priceUsd === null ? own.without : own.withPrice).push(asset);
      }
      const lostOf = (id: string): string[] =>
        held.get(id)?.without.filter((asset) => priced[id]?.includes(asset)) ?? [];
      lost = Object.fromEntries(backendIds.map((id) => [id, lostOf(id)]));
      // What is not held any more is forgotten with its price.
      priced = Object.fromEntries(
        backendIds.map((id) => [id, [...(held.get(id)?.withPrice ?? []), ...lostOf(id)].sort()]),
      );
    },
    lost: (backendId) => lost[backendId] ?? [],
    priced: () => priced,
  };
}
