import type { Collateral, Holding, Portfolio } from '#shared/domain/portfolio/portfolio.ts';
import type { DecimalString } from '#shared/money.ts';
import { add, compare, multiply, subtract, sum } from '#shared/money.ts';

import type { AssetAmounts, WirePortfolio } from './protocol.ts';

/** One reading of the whole portfolio, whichever of the wire's shapes it came in. */
export interface Figures {
  quantities: AssetAmounts;
  prices: AssetAmounts;
  /** The server's own total; `null` when it gave none and it is added up from what has a price. */
  totalUsd: DecimalString | null;
  occurredAtMs: number | null;
  /** By our clock, where the server told how old they are. */
  asOfMs?: number;
}

/** What only `/portfolio/current` tells; events carry none of it, so the last known stands beside them. */
export interface Extras {
  baselines: AssetAmounts;
  change24hPct: AssetAmounts;
  totalChange24hPct: DecimalString | null;
  collateral: Collateral | null;
}

export const NO_EXTRAS: Extras = {
  baselines: new Map(),
  change24hPct: new Map(),
  totalChange24hPct: null,
  collateral: null,
};

export function figuresOf(wire: WirePortfolio, askedAtMs: number): Figures {
  // Without any snapshot the server answers live figures and no time: they are as old as the question.
  const occurredAtMs = wire.updatedAt ?? (wire.hasData === true ? askedAtMs : null);
  const asOfMs = askedAtMs - Math.ceil(wire.ageMs ?? Infinity);
  return {
    quantities: wire.balances,
    prices: wire.prices,
    totalUsd: wire.hasData === false ? null : wire.totalValueUSD,
    occurredAtMs,
    ...(wire.updatedAt !== null && asOfMs >= 0 ? { asOfMs } : {}),
  };
}

export function extrasOf(wire: WirePortfolio): Extras {
  return {
    baselines: wire.baselines,
    change24hPct: wire.priceChange24hPct,
    totalChange24hPct: wire.totalChange24hPct,
    collateral: collateralOf(wire.collateral ?? null),
  };
}

/**
 * `before` is what was mapped last: where quantity and price are still the same the value is kept, as it mostly is when
 * one price moves.
 */
export function mapPortfolio(
  figures: Figures,
  extras: Extras,
  context: { backendId: string; receivedAtMs: number; before: readonly Holding[] },
): { portfolio: Portfolio; holdings: Holding[] } {
  const { backendId, receivedAtMs, before } = context;
  const updatedAtMs = figures.occurredAtMs ?? receivedAtMs;
  const holdings: Holding[] = [];
  for (const [asset, quantity] of figures.quantities) {
    const baseline = extras.baselines.get(asset) ?? null;
    if (isZero(quantity) && (baseline === null || isZero(baseline))) continue;
    const priceUsd = knownPrice(figures.prices, asset);
    const last = before[holdings.length];
    const isSame = last?.quantity === quantity && last.priceUsd === priceUsd;
    holdings.push({
      backendId,
      asset,
      quantity,
      priceUsd,
      valueUsd: isSame ? last.valueUsd : priceUsd === null ? null : multiply(quantity, priceUsd),
      change24hPct: extras.change24hPct.get(asset) ?? null,
      baseline,
      updatedAtMs,
    });
  }
  const portfolio: Portfolio = {
    backendId,
    totalUsd: figures.totalUsd ?? addedUp(holdings),
    change24hPct: extras.totalChange24hPct,
    collateral: extras.collateral,
    occurredAtMs: figures.occurredAtMs,
    receivedAtMs,
    ...(figures.asOfMs === undefined ? {} : { asOfMs: figures.asOfMs }),
  };
  return { portfolio, holdings };
}

/** A price of zero is how the server says that it knows none. */
function knownPrice(prices: AssetAmounts, asset: string): DecimalString | null {
  const price = prices.get(asset) ?? null;
  return price !== null && compare(price, '0') > 0 ? price : null;
}

const isZero = (figure: DecimalString): boolean => figure === '0' || compare(figure, '0') === 0;

function addedUp(holdings: readonly Holding[]): DecimalString | null {
  const values = holdings.flatMap(({ valueUsd }) => (valueUsd === null ? [] : [valueUsd]));
  return values.length === 0 ? null : sum(values);
}

/** `ltv` is a fraction on the wire. Older servers leave the total out. */
function collateralOf(wire: NonNullable<WirePortfolio['collateral']> | null): Collateral | null {
  if (wire === null) return null;
  const { btcLocked: locked, btcFree: free, ltv } = wire;
  if (locked === null || free === null) return null;
  return {
    asset: 'BTC',
    total: wire.btcTotal ?? add(locked, free),
    locked,
    free,
    ltvPct: ltv === null ? null : multiply(ltv, '100'),
  };
}

/** A sale since the last reading may have taken a little of what was held. */
const MOSTLY = '0.9';

/**
 * A snapshot that announces a deposit, against what was held before. Two forms exist (§4.4): whoever sends the whole
 * portfolio deposits the difference; whoever sends only some assets means their amounts as the deposit, and the rest is
 * still held although the snapshot no longer names it.
 */
export function depositOf(
  snapshot: Figures,
  before: Figures | null,
): { deposited: AssetAmounts; after: Figures; isWhole: boolean } {
  const held = [...(before?.quantities ?? [])].filter(([, quantity]) => compare(quantity, '0') > 0);
  const isWhole =
    before !== null &&
    held.every(
      ([asset, quantity]) => compare(snapshot.quantities.get(asset) ?? '0', multiply(quantity, MOSTLY)) >= 0,
    );
  if (isWhole) {
    const gained = [...snapshot.quantities].flatMap(([asset, quantity]): [string, DecimalString][] => {
      const difference = subtract(quantity, before.quantities.get(asset) ?? '0');
      return compare(difference, '0') > 0 ? [[asset, difference]] : [];
    });
    return { deposited: new Map(gained), after: snapshot, isWhole };
  }
  const quantities = new Map(before?.quantities ?? []);
  for (const [asset, quantity] of snapshot.quantities)
    quantities.set(asset, add(quantities.get(asset) ?? '0', quantity));
  const prices = new Map([...(before?.prices ?? []), ...snapshot.prices]);
  const after = { quantities, prices, totalUsd: null, occurredAtMs: snapshot.occurredAtMs };
  return { deposited: snapshot.quantities, after, isWhole };
}

export function valueOf(amounts: AssetAmounts, prices: AssetAmounts): DecimalString {
  return sum([...amounts].map(([asset, quantity]) => multiply(quantity, prices.get(asset) ?? '0')));
}
