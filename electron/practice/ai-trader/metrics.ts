import type { PositionDocument } from './documents.ts';

/** Figures of the sheet's section 4.2, worked out from the value at the end of each day. Fractions; a drawdown is negative. */
export interface Performance {
  startDate: string;
  endDate: string;
  metrics: Record<string, number | string | null>;
  values: Record<string, number>;
}

/** `positions` in the order of their days. Without any: zeros and the placeholder dates of the real server. */
export function performanceOf(positions: readonly PositionDocument[], initialCash: number): Performance {
  const values: Record<string, number> = {};
  for (const { date, value } of positions) values[date] = value;
  const days = Object.entries(values);
  const first = days[0]?.[0] ?? NO_DATE;
  const end = days.at(-1) ?? [NO_DATE, initialCash];
  const levels = [initialCash, ...days.map(([, value]) => value)];
  const returns = levels.slice(1).map((value, index) => value / (levels[index] ?? value) - 1);
  const gains = returns.filter((one) => one > 0);
  const losses = returns.filter((one) => one < 0);
  const spread = deviation(returns);
  const cumulative = initialCash > 0 ? end[1] / initialCash - 1 : 0;
  const drawdown = deepestFall(days, initialCash);
  return {
    startDate: first,
    endDate: end[0],
    metrics: {
      sharpe_ratio: spread > 0 ? round((mean(returns) / spread) * Math.sqrt(DAYS_A_YEAR)) : 0,
      max_drawdown: round(drawdown.depth),
      max_drawdown_start: drawdown.from,
      max_drawdown_end: drawdown.to,
      cumulative_return: round(cumulative),
      annualized_return:
        returns.length > 0 ? round((1 + cumulative) ** (DAYS_A_YEAR / returns.length) - 1) : 0,
      volatility: round(spread * Math.sqrt(DAYS_A_YEAR)),
      win_rate: returns.length > 0 ? round(gains.length / returns.length) : 0,
      profit_loss_ratio: losses.length > 0 ? round(mean(gains) / Math.abs(mean(losses))) : 0,
      total_trading_days: days.length,
      initial_value: initialCash,
      final_value: end[1],
      trading_style: null,
      margin_account: null,
      leverage_used: null,
    },
    values,
  };
}

function deepestFall(
  days: readonly (readonly [date: string, value: number])[],
  initialCash: number,
): { depth: number; from: string | null; to: string | null } {
  let top: readonly [string | null, number] = [days[0]?.[0] ?? null, initialCash];
  let deepest: { depth: number; from: string | null; to: string | null } = { depth: 0, from: null, to: null };
  for (const [date, value] of days) {
    if (value > top[1]) top = [date, value];
    const depth = top[1] > 0 ? value / top[1] - 1 : 0;
    if (depth < deepest.depth) deepest = { depth, from: top[0], to: date };
  }
  return deepest;
}

const mean = (list: readonly number[]): number =>
  list.length === 0 ? 0 : list.reduce((sum, one) => sum + one, 0) / list.length;

function deviation(list: readonly number[]): number {
  if (list.length < 2) return 0;
  const middle = mean(list);
  return Math.sqrt(list.reduce((sum, one) => sum + (one - middle) ** 2, 0) / (list.length - 1));
}

const round = (value: number): number => Number(value.toFixed(6));
const DAYS_A_YEAR = 252;
const NO_DATE = '2025-01-01';
