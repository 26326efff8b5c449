import type { DeskEvent } from '#shared/domain/desk.ts';
import type { Holding } from '#shared/domain/portfolio/portfolio.ts';
import type { DecimalString } from '#shared/money.ts';
import { compare, multiply, sum } from '#shared/money.ts';
import { parseIsoMs } from '#shared/time.ts';

import type { MappingContext } from './mapping.ts';
import type { WireBalances, WirePortfolio } from './protocol.ts';
import { isDollar } from './symbols.ts';

export interface KnownPrice {
  priceUsd: DecimalString;
  change24hPct: DecimalString | null;
}

/** Quantities as they are believed to be held, by asset. */
export type Quantities = ReadonlyMap<string, DecimalString>;

/**
 * The complete portfolio, which replaces the one before. An asset that is named without a figure keeps the quantity that was
 * last known, and so do all where the balances are missing altogether.
 */
export function quantitiesOf(balances: WireBalances | undefined, before: Quantities): Quantities {
  if (balances === undefined) return before;
  const held = [...balances].flatMap(([asset, quantity]): [string, DecimalString][] => {
    const known = quantity ?? before.get(asset);
    return known === undefined || compare(known, '0') === 0 ? [] : [[asset, known]];
  });
  return new Map(held);
}

/** The account's currency is not named and taken for dollars; prices come from what the hub quoted. */
export function mapPortfolio(
  wire: WirePortfolio,
  quantities: Quantities,
  priceOf: (asset: string) => KnownPrice | null,
  context: MappingContext,
): Extract<DeskEvent, { type: 'portfolio' }> {
  const { backendId, receivedAtMs } = context;
  const holdings = [...quantities].map(([asset, quantity]): Holding => {
    const known = priceOf(asset.toUpperCase()) ?? (isDollar(asset.toUpperCase()) ? DOLLAR : null);
    return {
      backendId,
      asset,
      quantity,
      priceUsd: known?.priceUsd ?? null,
      valueUsd: known === null ? null : multiply(quantity, known.priceUsd),
      change24hPct: known?.change24hPct ?? null,
      baseline: null,
      updatedAtMs: receivedAtMs,
    };
  });
  return {
    type: 'portfolio',
    portfolio: {
      backendId,
      totalUsd: wire.total_value ?? addedUp(holdings),
      // What the hub calls P&L covers a time of its own choice, not a day.
      change24hPct: null,
      collateral: null,
      occurredAtMs: parseIsoMs(wire.timestamp ?? context.sentAt),
      receivedAtMs,
    },
    holdings,
    depositUsd: null,
  };
}

const DOLLAR: KnownPrice = { priceUsd: '1', change24hPct: null };

/** Only where each has a price: a part of the account must not look like all of it. */
function addedUp(holdings: readonly Holding[]): DecimalString | null {
  const values = holdings.flatMap(({ valueUsd }) => (valueUsd === null ? [] : [valueUsd]));
  return values.length === 0 || values.length < holdings.length ? null : sum(values);
}
