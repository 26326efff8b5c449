import { SECOND_MS } from '#shared/time.ts';

import { Disposables } from '../../lib/disposables.ts';
import type { Logger } from '../../lib/logger.ts';
import type { CopyTrading } from './context.ts';
import type { TraderBook } from './documents.ts';
import { profileOf } from './profiles.ts';
import type { Move } from './trader-book.ts';
import { closeHolding, live, measure, openHolding, significant } from './trader-book.ts';
import { uuid } from './uuid.ts';

interface Ticks {
  onMove(wallet: string, move: Move): void;
  /** Once a second, after the traders. */
  onTick(tick: number): void;
  log: Logger;
}

export interface Traders {
  setQuiet(quiet: boolean): void;
  /** A trade by hand: the other way round it closes what the trader holds of it, else it opens. */
  trade(wallet: string, side: 'buy' | 'sell', symbol: string, amount: number): Move;
  dispose(): void;
}

/** Lets the traders live on the practice market, a look a second. */
export function startTraders(desk: CopyTrading, ticks: Ticks, initial: { quiet: boolean }): Traders {
  const { clock, market, state } = desk;
  const nextId = (): string => uuid(desk.random);
  let { quiet } = initial;
  let tickCount = 0;

  function tick(): void {
    tickCount += 1;
    const nowMs = clock.now();
    for (const book of state.books) {
      const profile = profileOf(book.wallet);
      if (profile === undefined) continue;
      if (!quiet)
        for (const move of live(book, profile, market, { nowMs, nextId })) ticks.onMove(book.wallet, move);
      measure(book, market, nowMs);
    }
    ticks.onTick(tickCount);
  }

  const running = new Disposables();
  running.add(
    clock.every(SECOND_MS, () => {
      try {
        tick();
      } catch (error) {
        ticks.log.error('The practice traders stumbled', { error: String(error) });
      }
    }),
  );

  return {
    setQuiet(value) {
      quiet = value;
    },
    trade(wallet, side, symbol, amount) {
      const book = bookOf(state.books, wallet);
      const price = market.price(symbol);
      const against = book.holdings.findLast(
        (one) => one.symbol === symbol && (one.side === 'long') === (side === 'sell'),
      );
      const wanted = {
        symbol,
        side: side === 'buy' ? 'long' : 'short',
        quantity: significant(amount),
      } as const;
      const booking = { nowMs: clock.now(), nextId };
      const move =
        against === undefined
          ? openHolding(book, wanted, price, booking)
          : closeHolding(book, against, price, booking);
      ticks.onMove(wallet, move);
      return move;
    },
    dispose: () => running.dispose(),
  };
}

function bookOf(books: readonly TraderBook[], wallet: string): TraderBook {
  const book = books.find((one) => one.wallet === wallet);
  if (book === undefined) throw new Error('No such trader');
  return book;
}
