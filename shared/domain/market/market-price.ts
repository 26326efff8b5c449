import type { DecimalString } from '../../money.ts';
import { percentChange } from '../../money.ts';
import type { EpochMs } from '../../time.ts';
import type { Approval } from '../approvals/approval.ts';
import type { BackendConfig } from '../backends/backend.ts';
import { backendFreshness } from '../derive.ts';
import type { LinkStatus } from '../backends/link.ts';
import type { Quote } from './market.ts';
import { isPriceOfMarket } from './market.ts';
import type { Holding, Portfolio } from '../portfolio/portfolio.ts';
import { figuresAtMs } from '../portfolio/portfolio.ts';

/** What one unit costs in dollars, by whom, and since when that is known. */
export interface MarketPrice {
  price: DecimalString;
  backendId: string;
  /** As that backend writes it. */
  symbol: string;
  atMs: EpochMs;
}

/** Where prices are looked for. */
export interface PriceSources {
  backends: Iterable<BackendConfig>;
  links: Iterable<LinkStatus>;
  portfolios: Iterable<Portfolio>;
  holdings: Iterable<Holding>;
  quotes: Iterable<Quote>;
}

/** Currencies in which a price counts as dollars. */
const DOLLARS = ['USD', 'USDC', 'USDT', 'DAI', 'BUSD', 'TUSD', 'FDUSD', 'PYUSD', 'USDP', 'USDS', 'GUSD'];
/** Without a separator only these are told from the asset before them; `XUSDS` could be anything. */
const GLUED = /^(.{2,})(USDT|USDC|BUSD|FDUSD|TUSD|USD)$/;

/**
 * The asset that a symbol names and whether its price is in dollars: `ETH`, `ETH-USDC`, `eth/usd`, `ETHUSDT` are all ETH in
 * dollars, `ETH-BTC` is not. `null` where it names nothing.
 */
export function readSymbol(symbol: string): { asset: string; inDollars: boolean } | null {
  const upper = symbol.trim().toUpperCase();
  if (upper === '') return null;
  const [, base, currency] = /^([^-/_:]+)[-/_:]([^-/_:]+)$/.exec(upper) ?? [];
  if (base !== undefined && currency !== undefined)
    return { asset: base, inDollars: DOLLARS.includes(currency) };
  const [, glued] = DOLLARS.includes(upper) ? [] : (GLUED.exec(upper) ?? []);
  return { asset: glued ?? upper, inDollars: true };
}

/**
 * The freshest price that any backend has of an instrument: of backends that are switched on and not stale, each price no
 * older than its backend's own limit, none that may be a sample, and practice prices only for practice (`backendId` is the one that asks). Of two that
 * are equally fresh the asking backend's own counts. `null` where nobody has one.
 */
export function freshestPrice(
  asked: { backendId: string; instrument: string | null },
  sources: PriceSources,
  nowMs: EpochMs,
): MarketPrice | null {
  const wanted = asked.instrument === null ? null : readSymbol(asked.instrument);
  if (!wanted?.inDollars) return null;
  const oldest = oldestThatCounts(asked.backendId, sources, nowMs);
  let best: MarketPrice | null = null;

  function consider(found: MarketPrice): void {
    const since = oldest.get(found.backendId);
    if (since === undefined || found.atMs < since || Number(found.price) <= 0) return;
    const symbol = readSymbol(found.symbol);
    if (symbol === null || symbol.asset !== wanted?.asset || !symbol.inDollars) return;
    const isFresher = best === null || found.atMs > best.atMs;
    const isOwn = found.atMs === best?.atMs && found.backendId === asked.backendId;
    if (isFresher || isOwn) best = found;
  }

  const readAtMs = new Map([...sources.portfolios].map((one) => [one.backendId, figuresAtMs(one)]));
  for (const { backendId, asset, priceUsd, updatedAtMs } of sources.holdings) {
    if (priceUsd === null) continue;
    // A holding says since when it stands as it does; how fresh its price is, the portfolio that it was read with says.
    consider({ price: priceUsd, backendId, symbol: asset, atMs: readAtMs.get(backendId) ?? updatedAtMs });
  }
  for (const quote of sources.quotes) {
    const { backendId, id, price, receivedAtMs } = quote;
    if (isPriceOfMarket(quote)) consider({ price, backendId, symbol: id, atMs: receivedAtMs });
  }
  return best;
}

/** How far the price moved since a proposal, in percent; `null` where one of the two is not known. */
export const driftSince = (
  { priceThen }: Pick<Approval, 'priceThen'>,
  now: MarketPrice | null,
): DecimalString | null => (now === null || priceThen === null ? null : percentChange(priceThen, now.price));

/** Since when a price has to be of, by backend; one whose prices do not count at all is missing. */
function oldestThatCounts(
  askingId: string,
  { backends, links }: PriceSources,
  nowMs: EpochMs,
): Map<string, EpochMs> {
  const all = [...backends];
  const allLinks = [...links];
  const practice = all.find(({ id }) => id === askingId)?.practice ?? false;
  const oldest = new Map<string, EpochMs>();
  for (const { id, enabled, practice: isPractice } of all) {
    if (!enabled || isPractice !== practice || backendFreshness(id, allLinks, nowMs).stale) continue;
    const limits = allLinks.filter((link) => link.backendId === id).map((link) => link.staleAfterMs);
    oldest.set(id, nowMs - Math.max(...limits));
  }
  return oldest;
}
