import type { Follow } from '#shared/domain/bots/copy-trading.ts';
import type { Quote } from '#shared/domain/market/market.ts';

import { createRecent } from '../../lib/recent.ts';
import type { BackendContext } from '../port.ts';
import type { Emit } from './emit.ts';
import type { FollowBook } from './follow-book.ts';
import { createFollowBook } from './follow-book.ts';
import type { HandOrders } from './hand-orders.ts';
import { createHandOrders } from './hand-orders.ts';
import { walletOf } from './http.ts';
import { mapKillSwitch } from './kill-switch.ts';
import type { Positions } from './positions.ts';
import { createPriceTrust } from './price-trust.ts';
import type { PriceTrust } from './price-trust.ts';
import { createPositions } from './positions.ts';
import type { Roster } from './roster.ts';
import { createRoster } from './roster.ts';
import type { Session } from './session.ts';
import { assetOf } from './symbols.ts';

/** What one backend of this kind knows, and tells the desk of. */
export interface Desk extends Emit {
  wallet: string | null;
  session: Session;
  roster: Roster;
  book: FollowBook;
  positions: Positions;
  handOrders: HandOrders;
  /** True until the exchange behind the server is known to answer (§7.10). */
  simulated(): boolean;
  setSimulated(simulated: boolean): void;
  /** The halt as the server's count of follows shows it. */
  tellKillSwitch(followingCount: number): ReturnType<typeof mapKillSwitch>;
  priceTrust: PriceTrust;
  noteQuotes(quotes: readonly Quote[]): void;
  quoteOf(symbol: string): Quote | undefined;
  /** Realised results of the person's copies, of which the daily limit is made. */
  noteResult(tradeId: string, result: { pnl: string; atMs: number }): void;
  results(): { pnl: string; atMs: number }[];
}

const RESULTS_KEPT = 500;

export function createDesk(context: BackendContext, session: Session, emit: Emit['emit']): Desk {
  const wallet = walletOf(context);
  const results = new Map<string, { pnl: string; atMs: number }>();
  const quotes = createRecent<Quote>(500);
  const given: Emit = {
    backendId: context.config.id,
    now: () => context.clock.now(),
    emit(event) {
      if (event.type === 'feed' && event.slice === 'quotes')
        for (const quote of event.entries) quotes.set(assetOf(quote.id), quote);
      emit(event);
    },
  };
  const roster = createRoster(given);
  const book = createFollowBook(given, context.memory, wallet);
  const handOrders = createHandOrders(context.memory);
  const positions = createPositions(given, roster, handOrders);
  let simulated = true;

  return {
    ...given,
    wallet,
    session,
    roster,
    book,
    positions,
    handOrders,
    priceTrust: createPriceTrust(),
    simulated: () => simulated,
    setSimulated(next) {
      simulated = next;
      roster.setSimulated(next);
      positions.setSimulated(next);
    },
    tellKillSwitch(followingCount) {
      const killSwitch = mapKillSwitch(followingCount, book, given);
      given.emit({ type: 'kill-switch', killSwitch });
      return killSwitch;
    },
    noteQuotes(heard) {
      given.emit({ type: 'feed', slice: 'quotes', backendId: given.backendId, entries: [...heard] });
    },
    quoteOf: (symbol) => quotes.get(assetOf(symbol)),
    noteResult(tradeId, result) {
      results.set(tradeId, result);
      const [oldest] = results.keys();
      if (results.size > RESULTS_KEPT && oldest !== undefined) results.delete(oldest);
    },
    results: () => [...results.values()],
  };
}

export const isFollowed = ({ book }: Pick<Desk, 'book'>, wallet: Follow['id']): boolean =>
  book.active().some((one) => one.wallet === wallet);
