import type { Quote } from '#shared/domain/market/market.ts';
import { compare } from '#shared/money.ts';

/** How prices moved within 24 hours, as their backends tell it, an asset once. */
export interface Overview {
  rising: number;
  falling: number;
  /** What rose and fell most; `null` where nothing did. */
  best: Quote | null;
  worst: Quote | null;
}

/** Of the prices given; of several of one asset the newest counts. Those whose change nobody tells are left out. */
export function overviewOf(quotes: Iterable<Quote>): Overview {
  const byAsset = new Map<string, Quote>();
  for (const quote of quotes) {
    const before = byAsset.get(quote.asset);
    if (quote.change24hPct === null || (before !== undefined && before.receivedAtMs >= quote.receivedAtMs))
      continue;
    byAsset.set(quote.asset, quote);
  }
  const overview: Overview = { rising: 0, falling: 0, best: null, worst: null };
  for (const quote of byAsset.values()) {
    const change = changeOf(quote);
    const direction = compare(change, '0');
    if (direction > 0) {
      overview.rising += 1;
      if (overview.best === null || compare(change, changeOf(overview.best)) > 0) overview.best = quote;
    } else if (direction < 0) {
      overview.falling += 1;
      if (overview.worst === null || compare(change, changeOf(overview.worst)) <= 0) overview.worst = quote;
    }
  }
  return overview;
}

const changeOf = ({ change24hPct }: Quote): string => change24hPct ?? '0';
