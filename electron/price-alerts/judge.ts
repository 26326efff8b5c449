import type { PriceCondition } from '#shared/domain/alerts/price-alert.ts';
import { BACK_BY_PERCENT } from '#shared/domain/alerts/price-alert.ts';
import type { DecimalString } from '#shared/money.ts';
import { absolute, compare, divide, multiply, subtract, add } from '#shared/money.ts';

import type { Move } from './move-window.ts';
import { exactPct } from './move-window.ts';

/**
 * How far an alert is. `waiting`: it has seen no price. `resting`: it rang, or its price was there when it was set; it can ring
 * again once the price was back and the pause is over.
 */
export type AlertPhase =
  { kind: 'waiting' } | { kind: 'armed' } | { kind: 'resting'; untilMs: number; wasBack: boolean };

interface Look {
  price: DecimalString;
  atMs: number;
  /** For `change`: how far the price moved within the window. */
  move: Move | null;
}

/**
 * Pure: what a price makes of an alert. A price that dances on the line rings once: before the next time it has to go back by
 * `BACK_BY_PERCENT` of the line.
 */
export function judgePrice(
  condition: PriceCondition,
  phase: AlertPhase,
  { price, atMs, move }: Look,
): { phase: AlertPhase; rings: boolean } {
  if (condition.kind === 'change') {
    const isThere = move !== null && compare(absolute(exactPct(move)), condition.percent) >= 0;
    const rests = phase.kind === 'resting' && atMs < phase.untilMs;
    return { phase: rests ? phase : ARMED, rings: isThere && !rests };
  }
  const isPast = isPastLine(condition, price);
  switch (phase.kind) {
    case 'waiting':
      return { phase: isPast ? { kind: 'resting', untilMs: atMs, wasBack: false } : ARMED, rings: false };
    case 'armed':
      return { phase, rings: isPast };
    case 'resting': {
      const wasBack = phase.wasBack || isBack(condition, price);
      if (!wasBack || atMs < phase.untilMs) return { phase: { ...phase, wasBack }, rings: false };
      return { phase: ARMED, rings: isPast };
    }
  }
}

const ARMED: AlertPhase = { kind: 'armed' };

type Line = Exclude<PriceCondition, { kind: 'change' }>;

/** Floats decide where they can tell the two apart; next to the line decimals do. */
function isPastLine({ kind, price: line }: Line, price: DecimalString): boolean {
  const apart = Number(price) / Number(line) - 1;
  const side = Math.abs(apart) > 1e-9 ? Math.sign(apart) : compare(price, line);
  return kind === 'above' ? side >= 0 : side <= 0;
}

function isBack({ kind, price: line }: Line, price: DecimalString): boolean {
  const margin = divide(multiply(line, BACK_BY_PERCENT), '100') ?? '0';
  return kind === 'above'
    ? compare(price, subtract(line, margin)) <= 0
    : compare(price, add(line, margin)) >= 0;
}
