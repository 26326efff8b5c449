import { useSyncExternalStore } from 'react';

import type { EquityPoint, Portfolio } from '#shared/domain/portfolio/portfolio.ts';

import { useDeskStore } from './desk.ts';
import { createPointHistory } from './point-history.ts';

/** About an hour and a half at one total every three seconds; older ones thin out, and the desk keeps a point a minute. */
const MAX_POINTS = 1_500;

/** A line over a day looks the same with a point a second; each one more is drawn anew from the first. */
const TOLD_EVERY_MS = 1_000;

const history = createPointHistory<EquityPoint>(MAX_POINTS);
const listeners = new Set<() => void>();
let all: readonly EquityPoint[] | null = null;
let told: readonly EquityPoint[] = [];
let resting = false;

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
    all = null;
    tell();
  };
  read(useDeskStore.getState().slices.portfolios);
  return useDeskStore.subscribe((state) => read(state.slices.portfolios));
}

/** The totals that this window has received; a new one shows at once after a second without any, else at the end of that second. */
export const useTotalHistory = (): readonly EquityPoint[] => useSyncExternalStore(subscribe, () => told);

/** All of them as of now, outside drawing. */
export const readTotalHistory = (): readonly EquityPoint[] =>
  (all ??= [...history.keys()].flatMap((backendId) => history.of(backendId)));

function tell(): void {
  if (resting) return;
  told = readTotalHistory();
  for (const listener of listeners) listener();
  resting = true;
  window.setTimeout(() => {
    resting = false;
    if (told !== readTotalHistory()) tell();
  }, TOLD_EVERY_MS);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
