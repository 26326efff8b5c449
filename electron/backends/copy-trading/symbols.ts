/** One market under the names that it has here: `APT-USDC` at the exchange, `APT/USDC` on the server, `APT` in broadcasts. */
export const marketOf = (symbol: string): string => symbol.trim().toUpperCase().replace(/[-_:]/g, '/');

export const assetOf = (symbol: string): string => marketOf(symbol).split('/')[0] ?? '';

/** The market's id as the exchange takes it. */
export const marketIdOf = (symbol: string): string => marketOf(symbol).replace('/', '-');

export const isSameMarket = (one: string, other: string): boolean => {
  const [a, b] = [marketOf(one), marketOf(other)];
  return a === b || ((!a.includes('/') || !b.includes('/')) && assetOf(a) === assetOf(b));
};
