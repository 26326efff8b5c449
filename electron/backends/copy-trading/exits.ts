import { SECOND_MS } from '#shared/time.ts';

import type { Clock } from '../../lib/clock.ts';
import type { Disposer } from '../../lib/disposables.ts';
import type { AskOptions } from './client.ts';
import type { Desk } from './desk.ts';
import type { Rereads } from './rereads.ts';

/** The server needs a moment to close the copy after its trader. */
export const GRACE_MS = 10 * SECOND_MS;

/** Finds copies that stay open after their trader has left, whichever way that was noticed. */
export interface Exits {
  /** An order of a followed trader: it ends a position when it goes against what is copied. */
  traded(wallet: string, symbol: string, side: string): void;
  /** The trader was read, and holds nothing in these markets any more. */
  left(wallet: string, symbols: readonly string[]): void;
  dispose(): void;
}

export function createExits(desk: Desk, rereads: Rereads, clock: Clock, ask: AskOptions): Exits {
  const looking = new Map<string, Disposer>();
  let disposed = false;

  function suspect(wallet: string, symbol: string, isRead: boolean): void {
    const key = `${wallet} ${symbol}`;
    if (looking.has(key) || desk.positions.copiesOf(wallet, symbol).length === 0) return;
    const begin = (): void => void look(wallet, symbol, isRead).finally(() => looking.delete(key));
    looking.set(key, clock.after(GRACE_MS, begin));
  }

  /** What cannot be read again is taken as it was last known: an alert too many costs less than one too few. */
  async function look(wallet: string, symbol: string, isRead: boolean): Promise<void> {
    if (!isRead) await rereads.held(wallet, ask).catch(() => null);
    await rereads.copies(ask).catch(() => null);
    if (!disposed) desk.positions.tellLeftBehind(wallet, symbol);
  }

  return {
    traded(wallet, symbol, side) {
      const against = { buy: 'short', sell: 'long' }[side.toLowerCase()];
      const copies = desk.positions.copiesOf(wallet, symbol);
      const mayEnd = /close|exit/i.test(side) || copies.some((copy) => copy.side === against);
      if (mayEnd) suspect(wallet, symbol, false);
    },
    left(wallet, symbols) {
      for (const symbol of symbols) suspect(wallet, symbol, true);
    },
    dispose() {
      disposed = true;
      for (const cancel of looking.values()) cancel();
    },
  };
}
