import type { Quote } from '#shared/domain/market/market.ts';

import { concernsAsset } from '../portfolio/scope.ts';

/** What a quote is of, without its price. */
export type QuoteName = Pick<Quote, 'backendId' | 'id' | 'asset'>;

/** Whether a symbol, in whatever form it came, is about what a quote is of. */
export const isAbout = (symbol: string | null, quote: Pick<QuoteName, 'id' | 'asset'>): boolean =>
  symbol === quote.id || concernsAsset(symbol, quote.asset);

/**
 * The quote that a backend's symbol is about: the one of that very name, else the only one of that asset. Two quotes of one
 * asset in different currencies are not the same price, so then there is none.
 */
export function findQuote(
  quotes: Iterable<QuoteName>,
  { backendId, symbol }: { backendId: string; symbol: string | null },
): QuoteName | null {
  if (symbol === null) return null;
  const candidates: QuoteName[] = [];
  for (const quote of quotes) {
    if (quote.backendId !== backendId) continue;
    if (quote.id === symbol) return quote;
    if (isAbout(symbol, quote)) candidates.push(quote);
  }
  return candidates.length === 1 ? (candidates[0] ?? null) : null;
}

/** Whether a symbol holds what is looked for, however it is written: "ethusd" finds `ETH-USDC`. */
export function matchesSymbol(symbol: string, text: string): boolean {
  const wanted = bare(text);
  return wanted === '' || bare(symbol).includes(wanted);
}

const bare = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
