import { DAY_MS, HOUR_MS, MINUTE_MS } from '#shared/time.ts';

import { bound } from './bound.ts';
import type { Holding, TraderBook, TraderTrade } from './documents.ts';
import type { Profile } from './profiles.ts';
import { TRADER_CAPITAL } from './profiles.ts';
import type { PriceView } from './strategy.ts';
import { entrySide, pnlOf, returnOf, wantsOut } from './strategy.ts';

export const emptyBook = (wallet: string, nowMs: number): TraderBook => ({
  wallet,
  realised: 0,
  holdings: [],
  trades: [],
  returns: [],
  count: 0,
  closed: 0,
  wins: 0,
  volume: 0,
  heldMs: 0,
  peak: TRADER_CAPITAL,
  maxDrawdownPct: 0,
  days: [{ atMs: nowMs, equity: TRADER_CAPITAL }],
  nextEntryAtMs: nowMs,
});

/** What a trader did, with the holding that it opened or closed. */
export interface Move {
  trade: TraderTrade;
  holding: Holding;
}

/** When an order is booked, and where the ids of holdings and trades come from. */
interface Booking {
  nowMs: number;
  nextId: () => string;
}

/** Books an order that opens a holding. */
export function openHolding(
  book: TraderBook,
  wanted: Pick<Holding, 'symbol' | 'side' | 'quantity'>,
  price: number,
  { nowMs, nextId }: Booking,
): Move {
  const holding: Holding = { id: nextId(), ...wanted, entryPrice: price, openedAtMs: nowMs };
  book.holdings.push(holding);
  const side = wanted.side === 'long' ? 'buy' : 'sell';
  return {
    holding,
    trade: record(book, holding, { id: nextId(), side, price, atMs: nowMs, pnl: 0, opens: true }),
  };
}

/** Books the order that closes a holding whole. */
export function closeHolding(
  book: TraderBook,
  holding: Holding,
  price: number,
  { nowMs, nextId }: Booking,
): Move {
  const pnl = cents(pnlOf(holding, price));
  book.holdings.splice(book.holdings.indexOf(holding), 1);
  book.realised = cents(book.realised + pnl);
  book.closed += 1;
  if (pnl > 0) book.wins += 1;
  book.heldMs += nowMs - holding.openedAtMs;
  book.returns.push(returnOf(holding, price));
  bound(book.returns, RETURNS_KEPT);
  const side = holding.side === 'long' ? 'sell' : 'buy';
  return {
    holding,
    trade: record(book, holding, { id: nextId(), side, price, atMs: nowMs, pnl, opens: false }),
  };
}

function record(
  book: TraderBook,
  { symbol, quantity }: Holding,
  fill: Omit<TraderTrade, 'symbol' | 'quantity'>,
): TraderTrade {
  const trade: TraderTrade = { symbol, quantity, ...fill };
  book.count += 1;
  book.volume = cents(book.volume + quantity * fill.price);
  book.trades.push(trade);
  bound(book.trades, TRADES_KEPT);
  return trade;
}

/** Lets a trader act as their strategy says, once. */
export function live(book: TraderBook, { strategy }: Profile, view: PriceView, booking: Booking): Move[] {
  const { nowMs } = booking;
  const moves: Move[] = [];
  for (const holding of [...book.holdings]) {
    const price = view.price(holding.symbol);
    if (wantsOut(strategy, holding, price, nowMs)) moves.push(closeHolding(book, holding, price, booking));
  }
  for (const symbol of strategy.symbols) {
    if (nowMs < book.nextEntryAtMs || book.holdings.length >= strategy.atOnce) break;
    if (book.holdings.some((one) => one.symbol === symbol)) continue;
    const side = entrySide(strategy, symbol, view);
    const price = view.price(symbol);
    const quantity = significant((equityOf(book, view) * strategy.share) / price);
    if (side === null || !(quantity > 0)) continue;
    book.nextEntryAtMs = nowMs + strategy.restMs;
    moves.push(openHolding(book, { symbol, side, quantity }, price, booking));
  }
  return moves;
}

/** Keeps the worst fall and the equity of each day up to date. */
export function measure(book: TraderBook, view: PriceView, nowMs: number): void {
  const equity = equityOf(book, view);
  book.peak = Math.max(book.peak, equity);
  book.maxDrawdownPct = Math.min(book.maxDrawdownPct, (equity / book.peak - 1) * 100);
  if (nowMs - (book.days.at(-1)?.atMs ?? 0) < DAY_MS) return;
  book.days.push({ atMs: nowMs, equity: cents(equity) });
  bound(book.days, DAYS_KEPT);
}

export const equityOf = (book: TraderBook, view: Pick<PriceView, 'price'>): number =>
  TRADER_CAPITAL + book.realised + unrealisedOf(book, view);

const unrealisedOf = (book: TraderBook, view: Pick<PriceView, 'price'>): number =>
  book.holdings.reduce((sum, one) => sum + pnlOf(one, view.price(one.symbol)), 0);

/** What a trader's page shows, all of it from their own trades. Percents are percent values. */
export function figuresOf(book: TraderBook, view: Pick<PriceView, 'price'>) {
  const equity = equityOf(book, view);
  const monthStart = book.days[0]?.equity ?? TRADER_CAPITAL;
  return {
    totalPnL: cents(equity - TRADER_CAPITAL),
    monthlyReturn: cents((equity / monthStart - 1) * 100),
    winRate: book.closed === 0 ? 0 : cents((book.wins / book.closed) * 100),
    avgHoldTime: holdText(book.closed === 0 ? 0 : book.heldMs / book.closed),
    sharpeRatio: sharpe(book.returns),
    totalTrades: book.count,
    totalVolume: book.volume,
    avgPositionSize: book.count === 0 ? 0 : cents(book.volume / book.count),
    maxDrawdown: cents(book.maxDrawdownPct),
    riskScore: riskScore(book),
    lastTradeTime: book.trades.at(-1)?.atMs ?? null,
  };
}

/** Mean of the trades' returns over their deviation, times the root of how many there were, at most a year's of days. */
export function sharpe(returns: readonly number[]): number {
  if (returns.length < 2) return 0;
  const mean = returns.reduce((sum, one) => sum + one, 0) / returns.length;
  const variance = returns.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (returns.length - 1);
  if (variance === 0) return 0;
  return cents((mean / Math.sqrt(variance)) * Math.sqrt(Math.min(returns.length, 365)));
}

/** 1 to 10, by the worst fall and by how much of the money is at work. */
function riskScore(book: TraderBook): number {
  const atWork = book.holdings.reduce((sum, one) => sum + one.quantity * one.entryPrice, 0) / TRADER_CAPITAL;
  return cents(Math.min(10, 1 + Math.abs(book.maxDrawdownPct) + atWork * 4));
}

/** Such as `2.5d`, in hours or minutes where that is short. */
function holdText(ms: number): string {
  if (ms >= DAY_MS) return `${(ms / DAY_MS).toFixed(1)}d`;
  return ms >= HOUR_MS ? `${(ms / HOUR_MS).toFixed(1)}h` : `${(ms / MINUTE_MS).toFixed(1)}m`;
}

export const cents = (value: number): number => Number(value.toFixed(2));
export const significant = (value: number): number => Number(value.toPrecision(6));

const RETURNS_KEPT = 300;
const TRADES_KEPT = 100;
const DAYS_KEPT = 30;
