import type { DecimalString } from '#shared/money.ts';
import { compare } from '#shared/money.ts';
import { SECOND_MS } from '#shared/time.ts';

import type { Clock } from '../../lib/clock.ts';
import type { Disposer } from '../../lib/disposables.ts';
import type { AskOptions } from './ask-options.ts';
import type { Desk } from './desk.ts';
import type { WireTraderTrade } from './protocol.ts';
import type { Rereads } from './rereads.ts';

/** The server needs a moment to close the copy after its trader. */
export const GRACE_MS = 10 * SECOND_MS;

/** Finds copies that stay open after their trader has left, whichever way that was noticed. */
export interface Exits {
  /** An order of a followed trader: it ends a position when it goes against what is copied. */
  traded(wallet: string, trade: Pick<WireTraderTrade, 'symbol' | 'side' | 'positionSize'>): void;
  /** The trader was read, and holds nothing in these markets (any more). */
  left(wallet: string, symbols: readonly string[]): void;
  dispose(): void;
}

export function createExits(desk: Desk, rereads: Rereads, clock: Clock, ask: AskOptions): Exits {
  const looking = new Map<string, Disposer>();
  let disposed = false;

  function suspect(wallet: string, symbol: string, isRead: () => Promise<boolean>): void {
    const key = `${wallet} ${symbol}`;
    if (looking.has(key) || desk.positions.copiesOf(wallet, symbol).length === 0) return;
    const begin = (): void => void look(wallet, symbol, isRead).finally(() => looking.delete(key));
    looking.set(key, clock.after(GRACE_MS, begin));
  }

  /** Copies that cannot be read again count as open still: an alert too many costs less than one too few. */
  async function look(wallet: string, symbol: string, isRead: () => Promise<boolean>): Promise<void> {
    const held = (await isRead()) ? 'as-read' : 'nothing';
    await rereads.copies(ask).catch(() => null);
    if (!disposed) desk.positions.tellLeftBehind(wallet, symbol, held);
  }

  return {
    traded(wallet, { symbol, side, positionSize }) {
      const against = { buy: 'short', sell: 'long' }[side.toLowerCase()];
      const copies = desk.positions.copiesOf(wallet, symbol);
      const isEnd = /close|exit/i.test(side);
      for (const held of heldBy(side, positionSize)) desk.handOrders.noteEntered(wallet, symbol, held);
      if (!isEnd && !copies.some((copy) => copy.side === against)) return;
      // Where the exchange cannot be asked (§7.12), the order's own word counts; one that only reduces is no end.
      const isAllSold = isEnd || positionSize === null || compare(positionSize, '0') === 0;
      suspect(wallet, symbol, () =>
        rereads.held(wallet, ask).then(
          () => true,
          () => !isAllSold,
        ),
      );
    },
    left(wallet, symbols) {
      for (const symbol of symbols) suspect(wallet, symbol, () => Promise.resolve(true));
    },
    dispose() {
      disposed = true;
      for (const cancel of looking.values()) cancel();
    },
  };
}

/** Which side an order shows its trader to hold, or to have held: whoever ends a position had one, any other order may begin one. */
function heldBy(side: string, positionSize: DecimalString | null): ('long' | 'short')[] {
  if (/close|exit/i.test(side)) return ['long', 'short'];
  const began = { buy: 'long', sell: 'short' } as const;
  const ended = { buy: 'short', sell: 'long' } as const;
  const isAllGone = positionSize !== null && compare(positionSize, '0') === 0;
  const word = side.toLowerCase();
  return word === 'buy' || word === 'sell' ? [(isAllGone ? ended : began)[word]] : [];
}
