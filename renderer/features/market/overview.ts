import type { Quote } from '#shared/domain/market.ts';
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
  const sorted = [...byAsset.values()].sort((a, b) => compare(changeOf(b), changeOf(a)));
  const rising = sorted.filter((quote) => compare(changeOf(quote), '0') > 0);
  const falling = sorted.filter((quote) => compare(changeOf(quote), '0') < 0);
  return {
    rising: rising.length,
    falling: falling.length,
    best: rising[0] ?? null,
    worst: falling.at(-1) ?? null,
  };
}

const changeOf = ({ change24hPct }: Quote): string => change24hPct ?? '0';
