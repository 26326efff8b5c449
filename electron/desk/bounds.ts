import type { FeedSlice, SliceName } from '#shared/domain/desk.ts';

import type { DeskReader } from './port.ts';

/**
 * How much of each list the desk keeps in memory (D7). The journal holds everything; these are what a person looks
 * through by hand and what a window can be sent at once.
 */
export const DECIDED_APPROVALS_KEPT = 500;

/**
 * Pending proposals are never dropped for being old: each waits for a person. This ceiling is for a backend run mad (or
 * a rule that proposed every minute for two weeks): past it the oldest leave, and are read again once others are decided.
 */
export const PENDING_APPROVALS_CEILING = 20_000;

export const ALERTS_KEPT = 2_000;
export const TRADES_KEPT = 2_000;

/** At one point a minute a day and a third: enough for "today" wherever midnight falls; longer spans ask the journal. */
export const EQUITY_POINTS_KEPT = 2_000;

/**
 * Entries of a feed, each backend by itself, so that one which names ten thousand symbols takes nothing from the others;
 * `aScope` bounds those about one thing besides. Predictions and patterns are what a table shows of a day or two; prices
 * are kept by the journal as candles.
 */
export const FEED_ENTRIES_KEPT: Readonly<Record<FeedSlice, { all: number; aScope?: number }>> = {
  quotes: { all: 1_000 },
  predictions: { all: 500 },
  patterns: { all: 500 },
  models: { all: 500 },
  runs: { all: 2_000, aScope: 100 },
  positions: { all: 2_000, aScope: 500 },
  activity: { all: 2_000, aScope: 100 },
  spikes: { all: 1_000 },
  futures: { all: 1_000 },
  watchLists: { all: 100 },
  thresholds: { all: 500 },
  traders: { all: 500 },
  follows: { all: 200 },
};

/** Making room for one entry at a time would walk past the same deleted ones again and again, so a tenth goes at once. */
export const EVICTED_SHARE = 10;

/** Keys that have to go so that one more fits: none while there is room, else the oldest tenth. */
export function keysToEvict(keys: ReadonlySet<string>, kept: number): string[] {
  return keys.size < kept ? [] : firstKeys(keys, Math.ceil(kept / EVICTED_SHARE));
}

/** The oldest entries' keys, so that a list that is full has room again; none while it has. */
export function oldestToEvict(desk: DeskReader, slice: SliceName, kept: number): string[] {
  return desk.size(slice) < kept ? [] : firstKeys(entryKeys(desk, slice), Math.ceil(kept / EVICTED_SHARE));
}

function* entryKeys(desk: DeskReader, slice: SliceName): Generator<string> {
  for (const [key] of desk.entries(slice)) yield key;
}

export function firstKeys(keys: Iterable<string>, count: number): string[] {
  const first: string[] = [];
  for (const key of keys) {
    if (first.length >= count) break;
    first.push(key);
  }
  return first;
}
