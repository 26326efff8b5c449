import type { Holding } from './documents.ts';

/** How a trader decides: enters on a move over a window, leaves at a target, a stop or after a time. */
export interface Strategy {
  symbols: readonly string[];
  windowMs: number;
  entryPct: number;
  /** With the move, or against it. */
  follows: boolean;
  mayShort: boolean;
  targetPct: number;
  stopPct: number;
  maxHoldMs: number;
  /** After an entry, so that one move is one trade. */
  restMs: number;
  /** Of the trader's equity, for each position. */
  share: number;
  atOnce: number;
}

/** The market as a strategy sees it, live or in its past. */
export interface PriceView {
  price(symbol: string): number;
  /** `null` while the market does not know that far back. */
  changePct(symbol: string, windowMs: number): number | null;
}

/** Which way the strategy would enter now, if at all. */
export function entrySide(strategy: Strategy, symbol: string, view: PriceView): Holding['side'] | null {
  const changePct = view.changePct(symbol, strategy.windowMs);
  if (changePct === null || Math.abs(changePct) < strategy.entryPct) return null;
  const side = changePct > 0 === strategy.follows ? 'long' : 'short';
  return side === 'short' && !strategy.mayShort ? null : side;
}

export function wantsOut(strategy: Strategy, holding: Holding, price: number, nowMs: number): boolean {
  const pct = returnOf(holding, price) * 100;
  return (
    pct >= strategy.targetPct || pct <= -strategy.stopPct || nowMs - holding.openedAtMs >= strategy.maxHoldMs
  );
}

type Directed = Pick<Holding, 'side' | 'entryPrice'>;

/** Return on what was put in, as a fraction. */
export const returnOf = ({ side, entryPrice }: Directed, price: number): number =>
  ((price - entryPrice) / entryPrice) * (side === 'long' ? 1 : -1);

export const pnlOf = (position: Directed & { quantity: number }, price: number): number =>
  returnOf(position, price) * position.quantity * position.entryPrice;
