import type { DecimalString } from '#shared/money.ts';
import { percentChange } from '#shared/money.ts';

/** So many parts of the window are kept, whatever comes in it: memory does not follow the rate of prices. */
const PARTS = 60;

interface Price {
  text: DecimalString;
  /** Which of two prices is the lower one, told without reading their texts again. */
  value: number;
}

interface Range {
  low: Price;
  high: Price;
}

/** How far a price is from the lowest and the highest of a stretch of time that moves with it. */
export interface MoveWindow {
  /**
   * Takes a price in and answers the larger of its rise from the lowest and its fall from the highest in the window; `null`
   * for the first. `ways` leaves one of the two out.
   */
  add(price: DecimalString, atMs: number, ways?: 'up' | 'down' | 'either'): Move | null;
  /** Forgets what was before, so that one move is not found twice. */
  clear(): void;
}

export interface Move {
  /** A float, to leave out what is far from far enough: thousands of prices a second are, and exact percents cost ten times as much. */
  roughPct: number;
  from: DecimalString;
  to: DecimalString;
}

export const exactPct = ({ from, to }: Move): DecimalString => percentChange(from, to) ?? '0';

/**
 * A ring of parts with the lowest and the highest price of each. A move is never found over more than the window; it may be a part less.
 * The parts are gone through when one of them begins, and not with each price.
 */
export function createMoveWindow(windowMs: number): MoveWindow {
  const partMs = Math.max(1, Math.ceil(windowMs / PARTS));
  let parts: (Range & { index: number })[] = [];
  let whole: Range | null = null;

  function beginPart(index: number, price: Price): void {
    const part = { index, low: price, high: price };
    parts = [...parts.filter((one) => one.index > index - PARTS), part];
    whole = { low: price, high: price };
    for (const { low, high } of parts) {
      widen(whole, low);
      widen(whole, high);
    }
  }

  function clear(): void {
    parts = [];
    whole = null;
  }

  return {
    add(text, atMs, ways = 'either') {
      const index = Math.floor(atMs / partMs);
      const price = { text, value: Number(text) };
      // The clock was set back: how long ago what is known was cannot be told.
      if ((parts.at(-1)?.index ?? index) > index + 1) clear();
      const last = parts.at(-1);
      // One that comes a moment late counts into the part that is open.
      if (last !== undefined && index <= last.index) widen(last, price);
      else beginPart(index, price);
      if (whole === null || (parts.length === 1 && last !== parts[0])) return null;
      widen(whole, price);
      return largerMove(whole, price, ways);
    },
    clear,
  };
}

function widen(range: Range, price: Price): void {
  if (price.value < range.low.value) range.low = price;
  if (price.value > range.high.value) range.high = price;
}

function largerMove({ low, high }: Range, price: Price, ways: 'up' | 'down' | 'either'): Move | null {
  const rise = ways === 'down' ? null : roughPct(low, price);
  const fall = ways === 'up' ? null : roughPct(high, price);
  if (rise !== null && (fall === null || Math.abs(rise) >= Math.abs(fall)))
    return { roughPct: rise, from: low.text, to: price.text };
  return fall === null ? null : { roughPct: fall, from: high.text, to: price.text };
}

const roughPct = (from: Price, to: Price): number | null =>
  from.value === 0 ? null : ((to.value - from.value) / Math.abs(from.value)) * 100;
