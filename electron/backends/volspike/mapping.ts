import type { Quote } from '#shared/domain/market/market.ts';
import type { FuturesFigures, Threshold, VolumeSpike, WatchList } from '#shared/domain/alerts/volume.ts';
import type { DecimalString } from '#shared/money.ts';
import { compare, divide } from '#shared/money.ts';
import { HOUR_MS } from '#shared/time.ts';

import { plainText } from '../../lib/clean.ts';
import type {
  WireLimits,
  WireMarketItem,
  WireOpenInterest,
  WireSpike,
  WireThreshold,
  WireWatchList,
} from './protocol.ts';

/** What a message does not say itself. */
export interface MappingContext {
  backendId: string;
  receivedAtMs: number;
}

/** Symbols may hold any letters (§7.11); marks that hide or reorder text go. */
export const symbolText = (symbol: string): string => plainText(symbol, 60);

const KINDS = { SPIKE: 'spike', HALF_UPDATE: 'half-update', FULL_UPDATE: 'full-update' } as const;

export function mapSpike(wire: WireSpike, { backendId, receivedAtMs }: MappingContext): VolumeSpike {
  const symbol = symbolText(wire.symbol);
  return {
    backendId,
    id: plainText(wire.id, 120),
    symbol,
    asset: plainText(wire.asset, 40) || assetOf(symbol),
    kind: KINDS[wire.alertType],
    hourAtMs: wire.hourTimestamp ?? wire.timestamp - (wire.timestamp % HOUR_MS),
    detectedAtMs: wire.detectionTime,
    occurredAtMs: wire.timestamp,
    currentVolume: wire.currentVolume,
    previousVolume: wire.previousVolume,
    // The detector sends 0 where the hour before had nothing (§7.10); one too large for a figure is reckoned anew.
    ratio: wire.volumeRatio ?? divide(wire.currentVolume, wire.previousVolume) ?? '0',
    price: wire.price,
    fundingRate: wire.fundingRate,
    priceChange: wire.priceChange,
    openInterestChange: wire.oiChange,
    candle: wire.candleDirection ?? null,
    message: plainText(wire.message, 1_000),
    receivedAtMs,
  };
}

export function mapQuote(wire: WireMarketItem, { backendId, receivedAtMs }: MappingContext): Quote {
  const id = symbolText(wire.symbol);
  return {
    backendId,
    id,
    asset: assetOf(id),
    price: wire.price,
    change24hPct: wire.volumeChange,
    volume24h: wire.volume24h,
    receivedAtMs,
  };
}

/**
 * Figures of one symbol come in parts, and a part stands in for what it names: contracts and dollars come together, so that
 * those of two moments never stand side by side.
 */
export function mergeFigures(
  known: FuturesFigures | undefined,
  part: Partial<Pick<FuturesFigures, 'openInterest' | 'openInterestUsd' | 'fundingRate'>>,
  symbol: string,
  { backendId, receivedAtMs }: MappingContext,
): FuturesFigures {
  return {
    backendId,
    id: symbolText(symbol),
    openInterest: known?.openInterest ?? null,
    openInterestUsd: known?.openInterestUsd ?? null,
    fundingRate: known?.fundingRate ?? null,
    ...part,
    receivedAtMs,
  };
}

/** Zero is what is sent where nothing is known. */
export const openInterestPart = ({ openInterest, openInterestUsd }: WireOpenInterest) => ({
  openInterest: unlessZero(openInterest),
  openInterestUsd: unlessZero(openInterestUsd),
});

const unlessZero = (figure: DecimalString | null): DecimalString | null =>
  figure === null || compare(figure, '0') === 0 ? null : figure;

export function mapWatchList(
  wire: WireWatchList,
  limits: WireLimits | undefined,
  { backendId, receivedAtMs }: MappingContext,
): WatchList {
  return {
    backendId,
    id: plainText(wire.id, 120),
    name: plainText(wire.name, 100) || 'Without a name',
    symbols: (wire.items ?? []).map((item) => ({
      id: plainText(item.id, 120),
      symbol: symbolText(item.contract.symbol),
    })),
    limits: limits === undefined ? null : limitWords(limits),
    receivedAtMs,
  };
}

/** The server writes "no limit" as the largest number that it knows. */
const NO_LIMIT = 900_000;

function limitWords({ tier, limits, usage }: WireLimits): string {
  const of = (count: number, limit: number, what: string): string =>
    limit >= NO_LIMIT ? `${count} ${what}, no limit` : `${count} of ${limit} ${what}`;
  const said = plainText(tier, 20);
  return `${said === '' ? '' : `${said}: `}${of(usage.watchlistCount, limits.watchlistLimit, 'lists')}, ${of(usage.symbolCount, limits.symbolLimit, 'symbols')}`;
}

const FIGURES = { PRICE_CROSS: 'price', FUNDING_CROSS: 'funding', OI_CROSS: 'open-interest' } as const;

export function mapThreshold(wire: WireThreshold, { backendId, receivedAtMs }: MappingContext): Threshold {
  return {
    backendId,
    id: plainText(wire.id, 120),
    symbol: symbolText(wire.symbol),
    figure: FIGURES[wire.alertType],
    threshold: wire.threshold,
    lastValue: wire.lastCheckedValue,
    active: wire.isActive,
    delivery: plainText(wire.deliveryMethod, 40) || null,
    triggeredAtMs: wire.triggeredAt,
    receivedAtMs,
  };
}

/** `BTC` for `BTCUSDT`. */
export const assetOf = (symbol: string): string => /^(.+?)(?:USD[CT])$/i.exec(symbol)?.[1] ?? symbol;
