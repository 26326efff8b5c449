import type { WatchedLimit, WatchState } from './watch.ts';

/** Limits that were crossed and wait for a person, once PANIC itself is over. */
export const waitingLimits = (watch: WatchState | undefined, panicLatched: boolean): WatchedLimit[] =>
  panicLatched ? [] : (watch?.limits.filter(({ phase }) => phase === 'fired') ?? []);
