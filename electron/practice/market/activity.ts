import { HOUR_MS } from '#shared/time.ts';

import { createRandom, seedFor } from '../random.ts';
import type { Asset } from './assets.ts';

/** The mean of trades whose sizes follow a power law of this tail, with none larger than the largest. */
export function meanTradeUsd({ usualTradeUsd }: Asset, largestUsd: number, tail: number): number {
  const share = (usualTradeUsd / largestUsd) ** (tail - 1);
  return usualTradeUsd * (1 + (1 - share) / (tail - 1));
}

/**
 * How busy an hour of an asset is beside others, about 1. It follows from the hour alone and draws on no source of chance, so
 * that a market that slept through an hour and one that lived it agree. One hour in thirty has three times the hour before.
 */
export function createActivity(): (symbol: string, atMs: number) => number {
  const known = new Map<string, number>();
  let knownHour = -1;
  return (symbol, atMs) => {
    const hour = Math.floor(atMs / HOUR_MS);
    if (hour !== knownHour) known.clear();
    knownHour = hour;
    const found = known.get(symbol);
    if (found !== undefined) return found;
    const busy = Math.exp(SPREAD * createRandom(seedFor(hour, symbol)).normal());
    known.set(symbol, busy);
    return busy;
  };
}

const SPREAD = 0.42;
