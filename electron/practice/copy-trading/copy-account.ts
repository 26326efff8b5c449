import { DAY_MS } from '#shared/time.ts';

import { bound } from './bound.ts';
import type { Holding } from './documents.ts';
import { pnlOf, returnOf } from './strategy.ts';
import { cents, significant } from './trader-book.ts';

/** A position of a follower: a copy of a trader's, or an order placed by hand. Stops are prices. */
export interface Copy extends Holding {
  orderId: string;
  /** Wallet of the trader; `null` where nobody was copied. */
  trader: string | null;
  /** The trader's own holding that it copies. */
  copies: string | null;
  stopLoss: number | null;
  takeProfit: number | null;
  closed: { price: number; pnl: number; atMs: number; why: CloseReason } | null;
}
export type CloseReason = 'trader' | 'stop-loss' | 'take-profit' | 'order';

export interface CopyTrade {
  id: string;
  orderId: string;
  trader: string | null;
  symbol: string;
  side: 'buy' | 'sell';
  quantity: number;
  price: number;
  atMs: number;
  pnl: number;
  pnlPct: number;
}

/** The practice money that copies are paid from, one for each wallet. It has nothing to do with the shared account. */
export interface CopyAccount {
  wallet: string;
  realised: number;
  /** Orders filled, and closed ones that won, of all time. */
  orders: number;
  wins: number;
  /** Open ones, and the newest of the closed. */
  open: Copy[];
  closed: Copy[];
  trades: CopyTrade[];
  /** Equity at the start of each of the last days; oldest first. */
  days: { atMs: number; equity: number }[];
  peak: number;
  maxDrawdownPct: number;
}

export const COPY_CAPITAL = 10_000;

export const createCopyAccount = (wallet: string, nowMs: number): CopyAccount => ({
  wallet,
  realised: 0,
  orders: 0,
  wins: 0,
  open: [],
  closed: [],
  trades: [],
  days: [{ atMs: dayOf(nowMs), equity: COPY_CAPITAL }],
  peak: COPY_CAPITAL,
  maxDrawdownPct: 0,
});

type Prices = (symbol: string) => number;

export const unrealised = (account: CopyAccount, price: Prices): number =>
  account.open.reduce((sum, copy) => sum + pnlOf(copy, price(copy.symbol)), 0);

export const equity = (account: CopyAccount, price: Prices): number =>
  COPY_CAPITAL + account.realised + unrealised(account, price);

/** What is not bound in positions. */
export const available = (account: CopyAccount): number =>
  COPY_CAPITAL + account.realised - account.open.reduce((sum, copy) => sum + notional(copy), 0);

export const notional = (copy: Holding): number => copy.quantity * copy.entryPrice;

/** Profit and loss of this day, of one trader's copies or of all. */
export function dayResult(account: CopyAccount, price: Prices, nowMs: number, trader?: string): number {
  const ofTrader = (copy: Copy): boolean => trader === undefined || copy.trader === trader;
  const today = dayOf(nowMs);
  const closed = account.closed
    .filter((copy) => ofTrader(copy) && (copy.closed?.atMs ?? 0) >= today)
    .reduce((sum, copy) => sum + (copy.closed?.pnl ?? 0), 0);
  const open = account.open.filter(ofTrader).reduce((sum, copy) => sum + pnlOf(copy, price(copy.symbol)), 0);
  return closed + open;
}

/** The fill that opens or closes a copy: the id of its trade, the price and the moment. */
type Fill = Pick<CopyTrade, 'id' | 'price' | 'atMs'>;

export function openCopy(
  account: CopyAccount,
  wanted: Omit<Copy, 'entryPrice' | 'openedAtMs' | 'closed'>,
  fill: Fill,
): Copy {
  const copy: Copy = { ...wanted, entryPrice: fill.price, openedAtMs: fill.atMs, closed: null };
  account.open.push(copy);
  const side = copy.side === 'long' ? 'buy' : 'sell';
  record(account, copy, { ...fill, side, pnl: 0, pnlPct: 0 });
  return copy;
}

export function closeCopy(account: CopyAccount, copy: Copy, why: CloseReason, fill: Fill): void {
  const { price, atMs } = fill;
  const pnl = cents(pnlOf(copy, price));
  copy.closed = { price, pnl, atMs, why };
  account.realised = cents(account.realised + pnl);
  if (pnl > 0) account.wins += 1;
  account.open.splice(account.open.indexOf(copy), 1);
  account.closed.push(copy);
  bound(account.closed, CLOSED_KEPT);
  const side = copy.side === 'long' ? 'sell' : 'buy';
  const pnlPct = cents(returnOf(copy, price) * 100);
  record(account, copy, { ...fill, side, pnl, pnlPct });
}

function record(
  account: CopyAccount,
  { orderId, trader, symbol, quantity }: Copy,
  fill: Pick<CopyTrade, 'id' | 'side' | 'price' | 'atMs' | 'pnl' | 'pnlPct'>,
): void {
  account.orders += 1;
  account.trades.push({ orderId, trader, symbol, quantity, ...fill });
  bound(account.trades, TRADES_KEPT);
}

/** Which of its stops a price has reached. */
export function reachedStop(copy: Copy, price: number): 'stop-loss' | 'take-profit' | null {
  const sign = copy.side === 'long' ? 1 : -1;
  if (copy.stopLoss !== null && sign * (price - copy.stopLoss) <= 0) return 'stop-loss';
  if (copy.takeProfit !== null && sign * (price - copy.takeProfit) >= 0) return 'take-profit';
  return null;
}

/** The price that lies so many percent to the position's harm (negative) or good. */
export const priceAt = (entry: number, side: Copy['side'], pct: number): number =>
  significant(entry * (1 + ((side === 'long' ? 1 : -1) * pct) / 100));

/** Keeps the worst fall, and the equity at the start of each day. */
export function measureAccount(account: CopyAccount, price: Prices, nowMs: number): void {
  const now = equity(account, price);
  account.peak = Math.max(account.peak, now);
  account.maxDrawdownPct = Math.min(account.maxDrawdownPct, (now / account.peak - 1) * 100);
  if (dayOf(nowMs) <= (account.days.at(-1)?.atMs ?? 0)) return;
  account.days.push({ atMs: dayOf(nowMs), equity: cents(now) });
  bound(account.days, DAYS_KEPT);
}

const dayOf = (atMs: number): number => Math.floor(atMs / DAY_MS) * DAY_MS;

const CLOSED_KEPT = 200;
const TRADES_KEPT = 300;
const DAYS_KEPT = 31;
