import { DAY_MS, HOUR_MS } from '#shared/time.ts';

import type { Asset } from '../market/assets.ts';
import { ASSETS, QUOTE } from '../market/assets.ts';
import type { Market } from '../market/market.ts';

/** A perpetual contract of the practice market, as a futures exchange names it. */
export interface Contract {
  symbol: string;
  asset: Asset;
}

export const CONTRACTS: readonly Contract[] = ASSETS.filter(({ symbol }) => symbol !== QUOTE).map(
  (asset) => ({
    symbol: `${asset.symbol}USDT`,
    asset,
  }),
);

const bySymbol = new Map(CONTRACTS.map((contract) => [contract.symbol, contract]));
export const findContract = (symbol: string): Contract | undefined => bySymbol.get(symbol);

/** What the futures of the market stand at. All of it follows from prices and trades; none has chance of its own. */
export interface Figures {
  price(contract: Contract): number;
  /** Fraction; longs pay more where the price has risen. */
  fundingRate(contract: Contract): number;
  /** In contracts of one unit: positions are opened where a price runs, and closed when it comes back. */
  openInterest(contract: Contract): number;
  openInterestUsd(contract: Contract): number;
  volumeOfHour(contract: Contract, hourAtMs: number): number;
  /** As `/api/market/data` and `market-update` have it; `volumeChange` is the price change of a day, `openInterest` always 0 (sheet, 4.4). */
  item(contract: Contract, nowMs: number): Record<string, unknown>;
}

export function createFigures(market: Market): Figures {
  const price = ({ asset }: Contract): number => market.price(asset.symbol);
  const changeOfHour = ({ asset }: Contract): number => (market.changePct(asset.symbol, HOUR_MS) ?? 0) / 100;

  function fundingRate(contract: Contract): number {
    const rate = USUAL_FUNDING + changeOfHour(contract) * FUNDING_OF_A_MOVE;
    return rounded(Math.min(MOST_FUNDING, Math.max(-MOST_FUNDING, rate)), 8);
  }

  function openInterest(contract: Contract): number {
    const { depthUsd, anchorPrice } = contract.asset;
    const usual = (depthUsd * DEPTHS_HELD) / anchorPrice;
    return rounded(usual * (1 + Math.abs(changeOfHour(contract)) * POSITIONS_OF_A_MOVE), 3);
  }

  return {
    price,
    fundingRate,
    openInterest,
    openInterestUsd: (contract) => rounded(openInterest(contract) * price(contract), 2),
    volumeOfHour: ({ asset }, hourAtMs) => market.hourVolumeUsd(asset.symbol, hourAtMs),
    item: (contract, nowMs) => ({
      symbol: contract.symbol,
      price: price(contract),
      volume24h: rounded(market.dayVolumeUsd(contract.asset.symbol), 2),
      volumeChange: rounded(market.changePct(contract.asset.symbol, DAY_MS) ?? 0, 3),
      fundingRate: fundingRate(contract),
      openInterest: 0,
      timestamp: nowMs,
    }),
  };
}

export const rounded = (value: number, digits: number): number => Number(value.toFixed(digits));

const USUAL_FUNDING = 0.0001;
const FUNDING_OF_A_MOVE = 0.006;
const MOST_FUNDING = 0.003;
const DEPTHS_HELD = 40;
const POSITIONS_OF_A_MOVE = 0.9;
