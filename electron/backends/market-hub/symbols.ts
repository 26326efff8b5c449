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

/** The asset that a symbol stands for and what its price is in; symbols come in several forms (§7.9). `null`: not said. */
function splitSymbol(symbol: string): { asset: string; currency: string | null } {
  const upper = symbol.trim().toUpperCase();
  const [, asset, currency] = /^([^-/_:]+)[-/_:]([^-/_:]+)$/.exec(upper) ?? [];
  if (asset !== undefined && currency !== undefined) return { asset, currency };
  const [, base, dollar] = isDollar(upper) ? [] : (/^(.{2,})(USD[CT]?)$/.exec(upper) ?? []);
  return base === undefined || dollar === undefined
    ? { asset: upper, currency: null }
    : { asset: base, currency: dollar };
}

export const assetOf = (symbol: string): string => splitSymbol(symbol).asset;

/** True where a price of this symbol is in dollars, as far as it says. */
export function isPricedInDollars(symbol: string): boolean {
  const { currency } = splitSymbol(symbol);
  return currency === null || isDollar(currency);
}
