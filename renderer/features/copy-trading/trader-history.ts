import { useSyncExternalStore } from 'react';

import type { Trader } from '#shared/domain/bots/copy-trading.ts';
import type { DecimalString } from '#shared/money.ts';
import { toFloat } from '#shared/money.ts';
import type { EpochMs } from '#shared/time.ts';

import { useDeskStore } from '../../stores/desk.ts';
import { createPointHistory } from '../../stores/point-history.ts';

interface Point {
  atMs: EpochMs;
  value: number;
}

const MAX_POINTS = 200;
/** Apart from one another: a line that went from one to the other would show a jump that was none. */
const profits = createPointHistory<Point>(MAX_POINTS);
const returns = createPointHistory<Point>(MAX_POINTS);
const listeners = new Set<() => void>();

/** Starts remembering how traders do as the desk shows it. Returns the disposer. */
export function startTraderHistory(): () => void {
  let seen: ReadonlyMap<string, Trader> = new Map();
  const read = (traders: ReadonlyMap<string, Trader>): void => {
    if (traders === seen) return;
    for (const [key, trader] of traders) {
      if (seen.get(key) === trader) continue;
      record(profits, key, trader, trader.totalPnl);
      record(returns, key, trader, trader.monthlyReturnPct);
    }
    for (const history of [profits, returns]) history.forget((key) => traders.has(key));
    seen = traders;
    for (const listener of listeners) listener();
  };
  read(useDeskStore.getState().slices.traders);
  return useDeskStore.subscribe((state) => read(state.slices.traders));
}

/** A float, for drawing only. */
function record(
  history: typeof profits,
  key: string,
  { receivedAtMs }: Trader,
  figure: DecimalString | null,
): void {
  if (figure !== null) history.record(key, { atMs: receivedAtMs, value: toFloat(figure) });
}

/**
 * How a trader did since this window was opened: their profit where it was told twice, else the monthly return. The same array until
 * another figure comes.
 */
export const useTraderPoints = (traderKey: string): readonly Point[] =>
  useSyncExternalStore(subscribe, () => {
    const profit = profits.of(traderKey);
    return profit.length > 1 ? profit : returns.of(traderKey);
  });

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
