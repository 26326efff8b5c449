import type { GuardCheck } from '#shared/domain/approvals/approval.ts';
import { quantityLimitFor } from '#shared/domain/approvals/limits.ts';
import { readSymbol } from '#shared/domain/market/market-price.ts';
import type { DecimalString } from '#shared/money.ts';
import { add, compare, subtract } from '#shared/money.ts';

import type { Facts } from './facts.ts';
import { asQuantity, block, inDollars, nameOf, pass, warn } from './guard-words.ts';

/** A4: over the hard limit is refused, over the soft one asked again; a value nobody knows is asked too. */
export function checkValue({ day, limits, stake }: Facts): GuardCheck | null {
  if (stake === null) return null;
  const label = 'Within your limits';
  const { softValueUsd: soft, hardValueUsd: hard } = limits;
  const isLimited = [soft, hard, day.all.soft, day.all.hard, day.own.soft, day.own.hard].some(
    (limit) => limit !== null,
  );
  if (!isLimited) return pass('value', label, 'You set no limit.');
  if (stake.valueUsd === null)
    return warn('value-unknown', label, 'Its value is not known, so your limits cannot be checked.');
  const value = `About ${inDollars(stake.valueUsd)}`;
  if (hard !== null && compare(stake.valueUsd, hard) > 0)
    return block('hard-limit', label, `${value}, over your hard limit of ${inDollars(hard)}.`);
  if (soft !== null && compare(stake.valueUsd, soft) > 0)
    return warn('soft-limit', label, `${value}, over your soft limit of ${inDollars(soft)}.`);
  return pass('value', label, `${value}.`);
}

/** A4: the same for how many units of one instrument a decision is about. */
export function checkQuantity({ command, limits, stake }: Facts): GuardCheck | null {
  const asset = readSymbol(stake?.instrument ?? '')?.asset;
  if (stake === null || asset === undefined) return null;
  const limit = quantityLimitFor(limits.quantities, command.backendId, asset);
  if (limit === null || (limit.soft === null && limit.hard === null)) return null;
  const label = `Within your limit of ${asset}`;
  if (stake.quantity === null)
    return warn('quantity-unknown', label, `How much ${asset} it is about is not known.`);
  const words = `${asQuantity(stake.quantity)} ${asset}`;
  if (limit.hard !== null && compare(stake.quantity, limit.hard) > 0)
    return block('hard-quantity', label, `${words}, over your hard limit of ${asQuantity(limit.hard)}.`);
  if (limit.soft !== null && compare(stake.quantity, limit.soft) > 0)
    return warn('soft-quantity', label, `${words}, over your soft limit of ${asQuantity(limit.soft)}.`);
  return pass('quantity', label, `${words}.`);
}

/** A4: what decisions of today add up to, with this one, over all backends of this side. */
export const checkDay = (facts: Facts): GuardCheck | null =>
  checkDayLimit(facts, facts.day.all, 'day', 'Within the day’s limit');

/** The same for this backend alone. */
export const checkBackendDay = (facts: Facts): GuardCheck | null =>
  checkDayLimit(facts, facts.day.own, 'backend-day', `Within the day’s limit of ${nameOf(facts)}`);

function checkDayLimit(
  { config, stake }: Facts,
  { hard, soft, used }: Facts['day']['all'],
  id: string,
  label: string,
): GuardCheck | null {
  if (stake === null || (soft === null && hard === null)) return null;
  if (used === null) {
    const words = 'What you decided today is still being read from the journal.';
    return hard === null ? warn(`${id}-unread`, label, words) : block(`${id}-unread`, label, words);
  }
  // Said where the value guard asks already: one that nobody can value takes an unknown part of the day.
  const valueUsd = stake.valueUsd ?? '0';
  const total = add(used.usd, valueUsd);
  const side = config?.practice === true ? ' in practice' : '';
  const unknown = used.unknown === 0 ? '' : `, and ${used.unknown} whose value is not known`;
  const before = `${inDollars(used.usd)} decided today${side}${unknown}`;
  const takes = `${before}. This takes ${inDollars(valueUsd)}`;
  if (hard !== null && compare(total, hard) > 0)
    return block(`hard-${id}`, label, `${takes}; ${left(hard, used.usd)} of your hard ${inDollars(hard)}.`);
  if (soft !== null && compare(total, soft) > 0)
    return warn(`soft-${id}`, label, `${takes}; ${left(soft, used.usd)} of your soft ${inDollars(soft)}.`);
  const nearest = soft === null || (hard !== null && compare(hard, soft) < 0) ? hard : soft;
  const words = nearest === null ? '' : ` ${left(nearest, total)} of ${inDollars(nearest)} after this.`;
  return pass(id, label, `${before}.${words}`);
}

/** What is left of a limit today, never less than nothing. */
function left(limit: DecimalString, used: DecimalString): string {
  const rest = subtract(limit, used);
  return `${inDollars(compare(rest, '0') < 0 ? '0' : rest)} left`;
}
