import { useSyncExternalStore } from 'react';

import type { Trader } from '#shared/domain/copy-trading.ts';
import { toFloat } from '#shared/money.ts';
import type { EpochMs } from '#shared/time.ts';

import { useDeskStore } from '../../stores/desk.ts';
import { createPointHistory } from '../../stores/point-history.ts';

interface Point {
  atMs: EpochMs;
  value: number;
}

const MAX_POINTS = 200;
const history = createPointHistory<Point>(MAX_POINTS);
const listeners = new Set<() => void>();

/** What a trader's line is drawn from: profit where it is told, else the monthly return. A float, for drawing only. */
function performanceOf({ totalPnl, monthlyReturnPct }: Trader): number | null {
  const value = totalPnl ?? monthlyReturnPct;
  return value === null ? null : toFloat(value);
}

/** Starts remembering how traders do as the desk shows it. Returns the disposer. */
export function startTraderHistory(): () => void {
  let seen: ReadonlyMap<string, Trader> = new Map();
  const read = (traders: ReadonlyMap<string, Trader>): void => {
    if (traders === seen) return;
    for (const [key, trader] of traders) {
      const value = performanceOf(trader);
      if (value !== null && seen.get(key) !== trader)
        history.record(key, { atMs: trader.receivedAtMs, value });
    }
    history.forget((key) => traders.has(key));
    seen = traders;
    for (const listener of listeners) listener();
  };
  read(useDeskStore.getState().slices.traders);
  return useDeskStore.subscribe((state) => read(state.slices.traders));
}

/** How a trader did since this window was opened; the same array until another figure comes. */
export const useTraderPoints = (traderKey: string): readonly Point[] =>
  useSyncExternalStore(subscribe, () => history.of(traderKey));

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
