import type { DeskEvent } from '#shared/domain/desk.ts';
import type { Quote } from '#shared/domain/market/market.ts';
import type { FuturesFigures } from '#shared/domain/alerts/volume.ts';

import type { Clock } from '../../lib/clock.ts';
import { Disposables } from '../../lib/disposables.ts';
import type { Disposer } from '../../lib/disposables.ts';
import { createRecent } from '../../lib/recent.ts';
import type { MappingContext } from './mapping.ts';
import { mapQuote, mergeFigures, openInterestPart } from './mapping.ts';
import type { WireMarketItem, WireOpenInterest } from './protocol.ts';

/** A batch of open interest is one event a symbol, hundreds at once (§5): what comes within this is told in one go. */
const GATHER_MS = 100;
const MOST_SYMBOLS = 2_000;

export interface Figures {
  item(wire: WireMarketItem, context: MappingContext): void;
  openInterest(wire: WireOpenInterest, context: MappingContext): void;
  dispose: Disposer;
}

/** Prices and futures figures, gathered so that a burst is one event a feed. */
export function createFigures(given: {
  backendId: string;
  clock: Clock;
  emit: (event: DeskEvent) => void;
}): Figures {
  const { backendId, clock, emit } = given;
  const scope = new Disposables();
  const known = createRecent<FuturesFigures>(MOST_SYMBOLS);
  const quotes = new Map<string, Quote>();
  const futures = new Map<string, FuturesFigures>();
  let isPlanned = false;

  function plan(): void {
    if (isPlanned || scope.disposed) return;
    isPlanned = true;
    stopTimer = clock.after(GATHER_MS, tell);
  }

  let stopTimer: Disposer = () => undefined;
  scope.add(() => stopTimer());

  function tell(): void {
    isPlanned = false;
    const [prices, figures] = [[...quotes.values()], [...futures.values()]];
    quotes.clear();
    futures.clear();
    if (prices.length > 0) emit({ type: 'feed', slice: 'quotes', backendId, entries: prices });
    if (figures.length > 0) emit({ type: 'feed', slice: 'futures', backendId, entries: figures });
  }

  function put(symbol: string, part: Parameters<typeof mergeFigures>[1], context: MappingContext): void {
    const figures = mergeFigures(known.get(symbol), part, symbol, context);
    known.set(symbol, figures);
    futures.set(figures.id, figures);
    plan();
  }

  return {
    item(wire, context) {
      const quote = mapQuote(wire, context);
      quotes.set(quote.id, quote);
      plan();
      if (wire.fundingRate !== null) put(wire.symbol, { fundingRate: wire.fundingRate }, context);
    },
    openInterest: (wire, context) => put(wire.symbol, openInterestPart(wire), context),
    dispose: () => scope.dispose(),
  };
}
