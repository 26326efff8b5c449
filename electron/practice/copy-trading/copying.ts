import { HOUR_MS } from '#shared/time.ts';

import type { CopyTrading } from './context.ts';
import type { CloseReason, Copy, CopyAccount } from './copy-account.ts';
import {
  available,
  closeCopy,
  dayResult,
  measureAccount,
  notional,
  openCopy,
  priceAt,
  reachedStop,
} from './copy-account.ts';
import type { Follow } from './members.ts';
import { accountOf } from './members.ts';
import type { Move } from './trader-book.ts';
import { equityOf, significant } from './trader-book.ts';
import { uuid } from './uuid.ts';

/** What the copying tells of. */
export interface CopyListener {
  onCopy(account: CopyAccount, copy: Copy): void;
  onNotice(wallet: string, message: string): void;
}

export interface Copying {
  /** Copies what a trader did for everyone who follows them. */
  follow(trader: string, move: Move): void;
  /** Closes what reached its stop-loss or take-profit. */
  watchStops(): void;
  /** The next exit of this symbol's trader (any, without one) is not copied. */
  missNextExit(symbol: string | null): void;
  /** Now and then an exit is missed by itself. */
  setQuiet(quiet: boolean): void;
}

/** Turns traders' moves into copies under each follower's limits. */
export function createCopying(
  desk: CopyTrading,
  listener: CopyListener,
  initial: { quiet: boolean },
): Copying {
  const { clock, market } = desk;
  const price = (symbol: string): number => market.price(symbol);
  let { quiet } = initial;
  let missing: { symbol: string | null } | null = null;
  let missedAtMs = clock.now();

  function enter(account: CopyAccount, follow: Follow, move: Move): void {
    const { holding } = move;
    const { settings, trader } = follow;
    const mine = account.open.filter((copy) => copy.trader === trader);
    if (stoppedByLoss(account, follow)) return;
    if (settings.diversificationLimit !== null && mine.length >= settings.diversificationLimit) return;
    const book = desk.state.books.find((one) => one.wallet === trader);
    if (book === undefined) return;
    const used = mine.reduce((sum, copy) => sum + notional(copy), 0);
    const share = (holding.quantity * holding.entryPrice) / equityOf(book, market);
    const value = Math.min(
      share * follow.amount,
      settings.maxTradeSize,
      follow.amount - used,
      available(account),
    );
    if (value < SMALLEST_ORDER) return;
    const entry = price(holding.symbol);
    const copy = openCopy(
      account,
      {
        id: uuid(desk.random),
        orderId: uuid(desk.random),
        trader,
        copies: holding.id,
        symbol: holding.symbol,
        side: holding.side,
        quantity: significant(value / entry),
        stopLoss: settings.stopLoss > 0 ? priceAt(entry, holding.side, -settings.stopLoss) : null,
        takeProfit: settings.takeProfit > 0 ? priceAt(entry, holding.side, settings.takeProfit) : null,
      },
      { id: uuid(desk.random), price: entry, atMs: clock.now() },
    );
    listener.onCopy(account, copy);
  }

  /** The day's loss with a trader ends copying them for the day; what is open stays under its stops. */
  function stoppedByLoss(account: CopyAccount, follow: Follow): boolean {
    const { maxDailyLoss } = follow.settings;
    const nowMs = clock.now();
    if (maxDailyLoss === null || dayResult(account, price, nowMs, follow.trader) > -maxDailyLoss) {
      follow.stoppedAtMs = null;
      return false;
    }
    if (follow.stoppedAtMs === null) {
      follow.stoppedAtMs = nowMs;
      listener.onNotice(account.wallet, 'Daily loss limit reached: new trades are not copied today');
    }
    return true;
  }

  function exit(account: CopyAccount, move: Move): void {
    const copy = account.open.find((one) => one.copies === move.holding.id);
    if (copy === undefined || misses(copy.symbol)) return;
    close(account, copy, 'trader');
  }

  function misses(symbol: string): boolean {
    const nowMs = clock.now();
    const asked = missing !== null && (missing.symbol === null || missing.symbol === symbol);
    if (asked) missing = null;
    else if (quiet || nowMs - missedAtMs < MISS_EVERY_MS) return false;
    missedAtMs = nowMs;
    return true;
  }

  function close(account: CopyAccount, copy: Copy, why: CloseReason): void {
    closeCopy(account, copy, why, { id: uuid(desk.random), price: price(copy.symbol), atMs: clock.now() });
    listener.onCopy(account, copy);
  }

  return {
    follow(trader, move) {
      for (const { wallet, list } of desk.members.follows.values()) {
        const follow = list.find((one) => one.trader === trader);
        if (follow === undefined) continue;
        const account = accountOf(desk.members, wallet, clock.now());
        if (move.trade.opens) enter(account, follow, move);
        else exit(account, move);
      }
    },
    watchStops() {
      for (const account of desk.members.accounts.values()) {
        for (const copy of [...account.open]) {
          const reached = reachedStop(copy, price(copy.symbol));
          if (reached === null) continue;
          close(account, copy, reached);
          const word = reached === 'stop-loss' ? 'Stop-loss' : 'Take-profit';
          listener.onNotice(account.wallet, `${word} closed the copy of ${copy.symbol}`);
        }
        measureAccount(account, price, clock.now());
      }
    },
    missNextExit(symbol) {
      missing = { symbol };
    },
    setQuiet(value) {
      quiet = value;
    },
  };
}

const SMALLEST_ORDER = 1;
/** About one an hour, counted from the start and from the last. */
const MISS_EVERY_MS = HOUR_MS;
