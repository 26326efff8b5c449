import type { EquityPoint } from '#shared/domain/portfolio/portfolio.ts';
import type { DecimalString } from '#shared/money.ts';
import { add, compare, subtract } from '#shared/money.ts';
import type { EpochMs } from '#shared/time.ts';

interface HeldProfit {
  atMs: EpochMs;
  /** Against the figure that the span began with; deposits and withdrawals taken out. */
  profit: DecimalString;
  /** The same, or the higher of its neighbours where it stands above both: one reading alone proves no height. */
  held: DecimalString;
}

/** Profit of one backend at each of its points from the one that stood at `fromMs` on. `curve` ascends by time. */
export function heldProfits(curve: readonly EquityPoint[], fromMs: EpochMs): HeldProfit[] {
  const startIndex = Math.max(
    0,
    curve.findLastIndex(({ atMs }) => atMs <= fromMs),
  );
  const start = curve[startIndex];
  if (start === undefined || (curve.at(-1)?.atMs ?? 0) < fromMs) return [];

  let deposits: DecimalString = '0';
  const profits = curve.slice(startIndex).map((point, index) => {
    if (index > 0) deposits = add(deposits, point.depositUsd ?? '0');
    return { atMs: point.atMs, profit: subtract(subtract(point.totalUsd, start.totalUsd), deposits) };
  });
  const before = curve[startIndex - 1];
  const profitBefore =
    before === undefined ? null : add(subtract(before.totalUsd, start.totalUsd), start.depositUsd ?? '0');
  return profits.map(({ atMs, profit }, index) => {
    const left = index === 0 ? profitBefore : profits[index - 1]?.profit;
    const right = profits[index + 1]?.profit;
    const neighbours = [left, right].filter((one) => one !== null && one !== undefined);
    const known = index === 0 && left === null ? [profit] : neighbours;
    return { atMs, profit, held: lower(profit, known.reduce(higher, known[0] ?? profit)) };
  });
}

const lower = (a: DecimalString, b: DecimalString): DecimalString => (compare(a, b) < 0 ? a : b);
const higher = (a: DecimalString, b: DecimalString): DecimalString => (compare(a, b) > 0 ? a : b);
