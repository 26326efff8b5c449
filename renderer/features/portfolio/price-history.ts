import { useSyncExternalStore } from 'react';

import type { Holding } from '#shared/domain/portfolio/portfolio.ts';
import { entryKey } from '#shared/domain/desk.ts';
import { toFloat } from '#shared/money.ts';
import type { EpochMs } from '#shared/time.ts';

import { useDeskStore } from '../../stores/desk.ts';
import { createPointHistory } from '../../stores/point-history.ts';

/** A price as it was received. A float: prices on charts are drawn, not reckoned with. */
export interface PricePoint {
  atMs: EpochMs;
  price: number;
}

export interface PriceHistory {
  record(holding: Holding): void;
  /** The same array until a price of that holding arrives. */
  of(backendId: string, asset: string): readonly PricePoint[];
  forget(keep: (key: string) => boolean): void;
}

/** Prices a holding, at most `maxPoints` each. */
export function createPriceHistory(maxPoints: number): PriceHistory {
  const history = createPointHistory<PricePoint>(maxPoints);
  return {
    record({ backendId, asset, priceUsd, updatedAtMs }) {
      if (priceUsd === null) return;
      history.record(entryKey(backendId, asset), { atMs: updatedAtMs, price: toFloat(priceUsd) });
    },
    of: (backendId, asset) => history.of(entryKey(backendId, asset)),
    forget: history.forget,
  };
}

const MAX_POINTS = 2_000;
const history = createPriceHistory(MAX_POINTS);
const listeners = new Set<() => void>();

/** Starts remembering the prices that the desk shows. Returns the disposer. */
export function startPriceHistory(): () => void {
  let seen: ReadonlyMap<string, Holding> = new Map();
  const read = (holdings: ReadonlyMap<string, Holding>): void => {
    if (holdings === seen) return;
    for (const [key, holding] of holdings) if (seen.get(key) !== holding) history.record(holding);
    history.forget((key) => holdings.has(key));
    seen = holdings;
    for (const listener of listeners) listener();
  };
  read(useDeskStore.getState().slices.holdings);
  return useDeskStore.subscribe((state) => read(state.slices.holdings));
}

/** The prices of a holding that this window has received so far. */
export const usePriceHistory = (backendId: string, asset: string): readonly PricePoint[] =>
  useSyncExternalStore(subscribe, () => history.of(backendId, asset));

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
