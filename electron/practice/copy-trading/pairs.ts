import { ASSETS, QUOTE } from '../market/assets.ts';

/** Assets that are traded, by their symbol in the practice market. */
export const TRADED: readonly string[] = ASSETS.map(({ symbol }) => symbol).filter((one) => one !== QUOTE);

/** `ETH/USDC`, as symbols are written on the wire. */
export const pairOf = (symbol: string): string => `${symbol}/${QUOTE}`;

/** `ETH-USDC`, as markets of the upstream exchange are named. */
export const marketIdOf = (symbol: string): string => `${symbol}-${QUOTE}`;

/** The asset of `ETH/USDC`, `ETH-USDC` or `ETH`; `null` where the market has none. */
export function assetOf(text: unknown): string | null {
  if (typeof text !== 'string') return null;
  const symbol = text.toUpperCase().split(/[/-]/)[0] ?? '';
  return TRADED.includes(symbol) ? symbol : null;
}
