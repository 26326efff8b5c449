import { useSyncExternalStore } from 'react';

import type { Quote } from '#shared/domain/market/market.ts';
import { toFloat } from '#shared/money.ts';
import type { EpochMs } from '#shared/time.ts';

import { useDeskStore } from '../../stores/desk.ts';
import { createPointHistory } from '../../stores/point-history.ts';

/** A price as this window received it. A float: it is drawn, not reckoned with. */
export interface Tick {
  atMs: EpochMs;
  price: number;
}

const MAX_TICKS = 1_500;
const history = createPointHistory<Tick>(MAX_TICKS);
const listeners = new Set<() => void>();

/** Starts remembering the quotes that the desk shows, each once (D3). Returns the disposer. */
export function startQuoteHistory(): () => void {
  let seen: ReadonlyMap<string, Quote> = new Map();
  const read = (quotes: ReadonlyMap<string, Quote>): void => {
    if (quotes === seen) return;
    for (const [key, quote] of quotes) {
      if (seen.get(key) !== quote)
        history.record(key, { atMs: quote.receivedAtMs, price: toFloat(quote.price) });
    }
    history.forget((key) => quotes.has(key));
    seen = quotes;
    for (const listener of listeners) listener();
  };
  read(useDeskStore.getState().slices.quotes);
  return useDeskStore.subscribe((state) => read(state.slices.quotes));
}

/** The prices of a quote that this window has received so far; the same array until another comes. */
export const useTicks = (quoteKey: string): readonly Tick[] =>
  useSyncExternalStore(subscribe, () => history.of(quoteKey));

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
