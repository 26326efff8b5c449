import type { DecimalString } from '#shared/money.ts';
import { percentChange } from '#shared/money.ts';

/** So many parts of the window are kept, whatever comes in it: memory does not follow the rate of prices. */
const PARTS = 60;

interface Part {
  index: number;
  low: DecimalString;
  high: DecimalString;
}

/** How far a price is from the lowest and the highest of a stretch of time that moves with it. */
export interface MoveWindow {
  /**
   * Takes a price in and answers the larger of its rise from the lowest and its fall from the highest in the window, in percent; `null`
   * for the first. `ways` leaves one of the two out.
   */
  add(price: DecimalString, atMs: number, ways?: 'up' | 'down' | 'either'): Move | null;
  /** Forgets what was before, so that one move is not found twice. */
  clear(): void;
}

export interface Move {
  /** A float, to leave out what is far from far enough: thousands of prices a second are, and exact percents cost ten times as much. */
  roughPct: number;
  /** Reckoned when it is asked for. */
  readonly percent: DecimalString;
  from: DecimalString;
}

/** A ring of parts with the lowest and the highest price of each. A move is never found over more than the window; it may be a part less. */
export function createMoveWindow(windowMs: number): MoveWindow {
  const partMs = Math.max(1, Math.ceil(windowMs / PARTS));
  let parts: Part[] = [];

  function put(price: DecimalString, index: number): void {
    const last = parts.at(-1);
    // One that comes a moment late counts into the part that is open.
    if (last === undefined || index > last.index) {
      parts.push({ index, low: price, high: price });
      return;
    }
    if (Number(price) < Number(last.low)) last.low = price;
    if (Number(price) > Number(last.high)) last.high = price;
  }

  return {
    add(price, atMs, ways = 'either') {
      const index = Math.floor(atMs / partMs);
      // The clock was set back: how long ago what is known was cannot be told.
      if ((parts.at(-1)?.index ?? index) > index + 1) parts = [];
      if ((parts[0]?.index ?? index) <= index - PARTS)
        parts = parts.filter((part) => part.index > index - PARTS);
      const isFirst = parts.length === 0;
      put(price, index);
      if (isFirst) return null;
      let low = price;
      let high = price;
      for (const part of parts) {
        if (Number(part.low) < Number(low)) low = part.low;
        if (Number(part.high) > Number(high)) high = part.high;
      }
      const rise = ways === 'down' ? null : moveFrom(low, price);
      const fall = ways === 'up' ? null : moveFrom(high, price);
      if (rise === null || fall === null) return rise ?? fall;
      return Math.abs(rise.roughPct) >= Math.abs(fall.roughPct) ? rise : fall;
    },
    clear() {
      parts = [];
    },
  };
}

function moveFrom(from: DecimalString, to: DecimalString): Move | null {
  const start = Number(from);
  if (start === 0) return null;
  return {
    roughPct: ((Number(to) - start) / Math.abs(start)) * 100,
    get percent() {
      return percentChange(from, to) ?? '0';
    },
    from,
  };
}
