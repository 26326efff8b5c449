/** What the practice market knows of an asset. Prices in US dollars. */
export interface Asset {
  symbol: string;
  /** Where the price starts and, over weeks, returns to. */
  anchorPrice: number;
  /** Standard deviation of a year's return. */
  annualVolatility: number;
  /** How much it moves with the market as a whole. */
  beta: number;
  /** Digits after the point of a price, and of a quantity that a bot would order. */
  priceDigits: number;
  quantityDigits: number;
  /** The usual largest trade of a second; decides how often a whale shows up. */
  usualTradeUsd: number;
  /** Value that moves the price by about one per cent when it is traded at once. */
  depthUsd: number;
  /** May run away by more than a tenth within minutes. */
  jumpy: boolean;
}

export const QUOTE = 'USDC';

export const ASSETS: readonly Asset[] = [
  asset('BTC', 68_000, 0.55, 1, 2, 4, 60_000, 9_000_000),
  asset('ETH', 3_450, 0.7, 1.1, 2, 3, 32_000, 5_000_000),
  asset('SOL', 162, 0.95, 1.3, 2, 2, 14_000, 2_000_000, true),
  asset('XRP', 0.55, 0.9, 0.9, 4, 0, 12_000, 1_500_000, true),
  asset('LINK', 15.2, 0.9, 1.2, 3, 1, 6_000, 700_000, true),
  asset('AVAX', 31.5, 1, 1.3, 2, 1, 6_000, 700_000, true),
  asset('ADA', 0.46, 0.9, 1.1, 4, 0, 5_000, 600_000, true),
  asset('DOGE', 0.125, 1.1, 1.2, 5, 0, 6_000, 600_000, true),
  asset('DOT', 6.4, 0.95, 1.2, 3, 1, 4_000, 500_000, true),
  asset(QUOTE, 1, 0.002, 0, 4, 2, 1_000, 50_000_000),
];

const bySymbol = new Map(ASSETS.map((one) => [one.symbol, one]));
export const findAsset = (symbol: string): Asset | undefined => bySymbol.get(symbol);

function asset(
  symbol: string,
  anchorPrice: number,
  annualVolatility: number,
  beta: number,
  priceDigits: number,
  quantityDigits: number,
  usualTradeUsd: number,
  depthUsd: number,
  jumpy = false,
): Asset {
  return {
    symbol,
    anchorPrice,
    annualVolatility,
    beta,
    priceDigits,
    quantityDigits,
    usualTradeUsd,
    depthUsd,
    jumpy,
  };
}
