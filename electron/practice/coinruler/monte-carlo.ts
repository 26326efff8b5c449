import { isMembers } from '#shared/json.ts';

import type { Random } from '../random.ts';
import { numbersOf } from './documents.ts';

/** What the server answers; members that are `undefined` or `NaN` vanish or become `null` in JSON, as on the real one. */
interface MonteCarloResult {
  outcomes: number[];
  mean: number;
  median: number | undefined;
  percentile_5: number | undefined;
  percentile_95: number | undefined;
}

/** End values of a portfolio after so many days at 2 % daily deviation, per coin and simulation (sheet, section 4.5). */
export function simulate(portfolio: unknown, sims: number, days: number, random: Random): MonteCarloResult {
  const given = isMembers(portfolio) ? portfolio : {};
  const coins = Object.keys(given).filter((coin) => coin !== '' && coin !== '_prices');
  if (coins.length === 0) return { outcomes: [], mean: 0, median: 0, percentile_5: 0, percentile_95: 0 };
  // The real server has no upper bound and blocks; a practice server must not take the desk's tests down with it.
  if (!Number.isSafeInteger(sims) || sims < 0 || sims * Math.max(1, days) > MAX_STEPS)
    throw new RangeError('Invalid array length');
  const prices = numbersOf(given._prices);
  const startValues = coins.map((coin) => {
    const price = prices[coin];
    return (
      (Number(given[coin]) || 0) * (price !== undefined && price > 0 ? price : (DEFAULT_PRICES[coin] ?? 1))
    );
  });
  const outcomes = Array.from({ length: sims }, () =>
    startValues.reduce((total, value) => total + value * growth(days, random), 0),
  );
  const sorted = outcomes.toSorted((a, b) => a - b);
  return {
    outcomes,
    mean: outcomes.reduce((sum, value) => sum + value, 0) / outcomes.length,
    median: sorted[Math.floor(sims / 2)],
    percentile_5: sorted[Math.floor(sims * 0.05)],
    percentile_95: sorted[Math.floor(sims * 0.95)],
  };
}

/** The sum of so many independent normal steps is one normal step of the same variance. */
const growth = (days: number, random: Random): number =>
  Math.exp(-(SIGMA ** 2 / 2) * days + SIGMA * Math.sqrt(Math.max(0, days)) * random.normal());

const SIGMA = 0.02;
const MAX_STEPS = 50_000_000;
const DEFAULT_PRICES: Record<string, number> = { BTC: 30_000, ETH: 2_000, XRP: 0.5, USDC: 1 };
