import type { GuardCheck } from '#shared/domain/approval.ts';
import type { DecimalString } from '#shared/money.ts';
import { absolute, compare, multiply } from '#shared/money.ts';

import type { Facts } from './facts.ts';

/** A4: over the hard limit is refused, over the soft one asked again; a value nobody knows is asked too. */
export function checkValue({ approval, act, holding, limits }: Facts): GuardCheck | null {
  if (approval === undefined || act?.risk !== 'adds') return null;
  const label = 'Within your limits';
  const { softValueUsd, hardValueUsd } = limits;
  if (softValueUsd === null && hardValueUsd === null) {
    return { id: 'value', label, verdict: 'pass', detail: 'You set no limit.' };
  }
  const valueUsd = greaterOf(
    approval.valueUsd === null ? null : absolute(approval.valueUsd),
    approval.quantity === null || !holding?.priceUsd
      ? null
      : multiply(absolute(approval.quantity), holding.priceUsd),
  );
  if (valueUsd === null) {
    const detail = 'Its value is not known, so your limits cannot be checked.';
    return { id: 'value-unknown', label, verdict: 'warn', detail };
  }
  const value = `About ${inDollars(valueUsd)}`;
  if (hardValueUsd !== null && compare(valueUsd, hardValueUsd) > 0) {
    const detail = `${value}, over your hard limit of ${inDollars(hardValueUsd)}.`;
    return { id: 'hard-limit', label, verdict: 'block', detail };
  }
  if (softValueUsd !== null && compare(valueUsd, softValueUsd) > 0) {
    const detail = `${value}, over your soft limit of ${inDollars(softValueUsd)}.`;
    return { id: 'soft-limit', label, verdict: 'warn', detail };
  }
  return { id: 'value', label, verdict: 'pass', detail: `${value}.` };
}

/** The value then or at the price now, whichever is more: a limit is not slipped under by a rising price. */
function greaterOf(a: DecimalString | null, b: DecimalString | null): DecimalString | null {
  if (a === null || b === null) return a ?? b;
  return compare(a, b) >= 0 ? a : b;
}

const inDollars = (usd: DecimalString): string =>
  `$${Number(usd).toLocaleString('en-US', { maximumFractionDigits: 2 })}`;
