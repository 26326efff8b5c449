import { useSyncExternalStore } from 'react';

import type { EquityPoint, Portfolio } from '#shared/domain/portfolio.ts';

import { useDeskStore } from './desk.ts';
import { createPointHistory } from './point-history.ts';

/** About an hour and a half at one total every three seconds; older ones thin out, and the desk keeps a point a minute. */
const MAX_POINTS = 1_500;

const history = createPointHistory<EquityPoint>(MAX_POINTS);
const listeners = new Set<() => void>();
let all: readonly EquityPoint[] = [];

/** Starts remembering each total as it is received: between the desk's points, one a minute, the line stays alive. */
export function startTotalHistory(): () => void {
  let seen: ReadonlyMap<string, Portfolio> = new Map();
  const read = (portfolios: ReadonlyMap<string, Portfolio>): void => {
    if (portfolios === seen) return;
    seen = portfolios;
    for (const { backendId, totalUsd, receivedAtMs } of portfolios.values()) {
      if (totalUsd === null) continue;
      history.record(backendId, { backendId, atMs: receivedAtMs, totalUsd, depositUsd: null });
    }
    history.forget((backendId) => portfolios.has(backendId));
    all = [...history.keys()].flatMap((backendId) => history.of(backendId));
    for (const listener of listeners) listener();
  };
  read(useDeskStore.getState().slices.portfolios);
  return useDeskStore.subscribe((state) => read(state.slices.portfolios));
}

/** The totals that this window has received, the newest of each backend included. */
export const useTotalHistory = (): readonly EquityPoint[] =>
  useSyncExternalStore(subscribe, readTotalHistory);

/** The same, outside drawing. */
export const readTotalHistory = (): readonly EquityPoint[] => all;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
