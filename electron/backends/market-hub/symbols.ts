import { createRecent } from '../../lib/recent.ts';

/** Currencies that stand for one dollar. The hub names none for its account, and quotes in one of these. */
const DOLLARS = new Set([
  'USD',
  'USDC',
  'USDT',
  'DAI',
  'BUSD',
  'TUSD',
  'FDUSD',
  'PYUSD',
  'USDP',
  'USDS',
  'GUSD',
]);

export const isDollar = (asset: string): boolean => DOLLARS.has(asset);

interface Pair {
  asset: string;
  currency: string | null;
}

/** The same few hundred symbols come over and over. */
const knownPairs = createRecent<Pair>(2_000);

/** The asset that a symbol stands for and what its price is in; symbols come in several forms (§7.9). `null`: not said. */
function pairOf(symbol: string): Pair {
  const known = knownPairs.get(symbol);
  if (known !== undefined) return known;
  const pair = splitSymbol(symbol);
  knownPairs.set(symbol, pair);
  return pair;
}

function splitSymbol(symbol: string): Pair {
  const upper = symbol.trim().toUpperCase();
  const [, asset, currency] = /^([^-/_:]+)[-/_:]([^-/_:]+)$/.exec(upper) ?? [];
  if (asset !== undefined && currency !== undefined) return { asset, currency };
  const [, base, dollar] = isDollar(upper) ? [] : (/^(.{2,})(USD[CT]?)$/.exec(upper) ?? []);
  return base === undefined || dollar === undefined
    ? { asset: upper, currency: null }
    : { asset: base, currency: dollar };
}

export const assetOf = (symbol: string): string => pairOf(symbol).asset;

/** True where a price of this symbol is in dollars, as far as it says. */
export function isPricedInDollars(symbol: string): boolean {
  const { currency } = pairOf(symbol);
  return currency === null || isDollar(currency);
}
