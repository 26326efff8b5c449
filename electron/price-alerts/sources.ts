import { backendFreshness } from '#shared/domain/derive.ts';
import { entryKey } from '#shared/domain/desk.ts';
import { isPriceOfMarket } from '#shared/domain/market/market.ts';
import type { PriceSources } from '#shared/domain/market/market-price.ts';
import { freshestPrice, readSymbol } from '#shared/domain/market/market-price.ts';
import type { PriceAlertText } from '#shared/domain/alerts/price-alert.ts';
import { figuresAtMs } from '#shared/domain/portfolio/portfolio.ts';
import type { DecimalString } from '#shared/money.ts';
import { SECOND_MS } from '#shared/time.ts';

import type { DeskReader } from '../desk/port.ts';

/** A price and whose it is. */
export interface SeenPrice {
  price: DecimalString;
  atMs: number;
  backendId: string;
  symbol: string;
}

/** How long what was found out about a backend is believed: links are not walked for each of ten thousand prices a second. */
const BELIEVED_MS = SECOND_MS;

/** Which prices count: of a backend that is on and not stale, of practice for practice alone, and none older than the backend's limit. */
export function createPriceSources(desk: DeskReader) {
  const believed = new Map<string, { atMs: number; oldestMs: number | null; practice: boolean }>();

  /** Since when a price of a backend has to be of; `null` where none counts. */
  function standing(backendId: string, nowMs: number) {
    const known = believed.get(backendId);
    if (known !== undefined && nowMs >= known.atMs && nowMs - known.atMs < BELIEVED_MS) return known;
    const backend = desk.get('backends', backendId);
    const links = [...desk.entries('links')].map(([, link]) => link);
    const own = links.filter((link) => link.backendId === backendId).map((link) => link.staleAfterMs);
    const counts = backend?.enabled === true && !backendFreshness(backendId, links, nowMs).stale;
    const found = {
      atMs: nowMs,
      oldestMs: counts && own.length > 0 ? nowMs - Math.max(...own) : null,
      practice: backend?.practice ?? false,
    };
    believed.set(backendId, found);
    return found;
  }

  function countsFor(practice: boolean, seen: SeenPrice, nowMs: number): boolean {
    const found = standing(seen.backendId, nowMs);
    const isRight = found.oldestMs !== null && found.practice === practice && seen.atMs >= found.oldestMs;
    return isRight && Number(seen.price) > 0;
  }

  function ownPrice(backendId: string, symbol: string): SeenPrice | null {
    const quote = desk.get('quotes', entryKey(backendId, symbol));
    if (quote !== undefined && !isPriceOfMarket(quote)) return null;
    if (quote !== undefined) return { price: quote.price, atMs: quote.receivedAtMs, backendId, symbol };
    const holding = desk.get('holdings', entryKey(backendId, symbol));
    const portfolio = desk.get('portfolios', backendId);
    if (holding?.priceUsd === null || holding === undefined || portfolio === undefined) return null;
    return { price: holding.priceUsd, atMs: figuresAtMs(portfolio), backendId, symbol };
  }

  return {
    countsFor,
    /** Answers the price that an alert looks at now; `null` where there is none that counts. For alerts that are asked about together. */
    lookAt(nowMs: number): (alert: PriceAlertText) => SeenPrice | null {
      let all: PriceSources | null = null;
      const found = new Map<string, SeenPrice | null>();
      return ({ backendId, symbol, practice }) => {
        if (backendId !== null) {
          const own = ownPrice(backendId, symbol);
          return own !== null && countsFor(practice, own, nowMs) ? own : null;
        }
        const name = `${practice} ${symbol}`;
        const known = found.get(name);
        if (known !== undefined) return known;
        all ??= everything(desk);
        const asking = [...desk.entries('backends')].find(([, backend]) => backend.practice === practice);
        const price =
          asking === undefined
            ? null
            : freshestPrice({ backendId: asking[0], instrument: symbol }, all, nowMs);
        found.set(name, price);
        return price;
      };
    },
  };
}

function everything(desk: DeskReader): PriceSources {
  const values = <T>(entries: Iterable<[string, T]>): T[] => Array.from(entries, ([, value]) => value);
  return {
    backends: values(desk.entries('backends')),
    links: values(desk.entries('links')),
    portfolios: values(desk.entries('portfolios')),
    holdings: values(desk.entries('holdings')),
    quotes: values(desk.entries('quotes')),
  };
}

/** Whether a price is of what an alert names. */
export function isPriceOf(alert: PriceAlertText, backendId: string, symbol: string): boolean {
  if (alert.backendId !== null) return alert.backendId === backendId && alert.symbol === symbol;
  const wanted = readSymbol(alert.symbol);
  const told = readSymbol(symbol);
  return (
    wanted !== null && told !== null && wanted.inDollars && told.inDollars && wanted.asset === told.asset
  );
}
