import type { Approval } from '#shared/domain/approvals/approval.ts';
import type { ActDescriptor } from '#shared/domain/backends/backend.ts';
import type { Command } from '#shared/domain/command.ts';
import type { MarketPrice } from '#shared/domain/market/market-price.ts';
import type { DecimalString } from '#shared/money.ts';
import { absolute, compare, divide, multiply, toDecimal } from '#shared/money.ts';

/** What a command puts at stake, as far as that is known; sizes are never negative. */
export interface Stake {
  instrument: string | null;
  quantity: DecimalString | null;
  valueUsd: DecimalString | null;
}

/** The instrument that a command is about: of its proposal, or of the parameter that its act names. */
export function instrumentOf(
  approval: Approval | undefined,
  act: ActDescriptor | undefined,
  params: Command['params'],
): string | null {
  if (approval !== undefined) return approval.instrument;
  const named = act?.stakes?.instrument;
  const given = named === undefined ? null : params[named];
  return typeof given === 'string' && given !== '' ? given : null;
}

/** `null` for what adds no risk, and for an act that does not say what it puts at stake. */
export function stakeOf(facts: {
  approval: Approval | undefined;
  act: ActDescriptor | undefined;
  params: Command['params'];
  price: MarketPrice | null;
}): Stake | null {
  const { approval, act, params, price } = facts;
  if (act?.risk !== 'adds') return null;
  const instrument = instrumentOf(approval, act, params);
  const unitPrice = price?.price ?? null;
  if (approval !== undefined) return worthOf(approval, price);
  if (act.stakes === undefined) return null;
  const read = (name: string | undefined): DecimalString | null => {
    const value = name === undefined ? null : toDecimal(params[name]);
    return value === null ? null : absolute(value);
  };
  const base = read(act.stakes.quantity);
  const times = act.stakes.times === undefined ? '1' : (read(act.stakes.times) ?? '1');
  const quantity = base === null ? null : multiply(base, times);
  const valueUsd = quantity === null || unitPrice === null ? null : multiply(quantity, unitPrice);
  return { instrument, quantity, valueUsd: greaterOf(read(act.stakes.value), valueUsd) };
}

/** What a proposal is about, whatever is decided on it. */
export function worthOf(approval: Approval, price: MarketPrice | null): Stake {
  const unitPrice = price?.price ?? null;
  const stated = approval.quantity === null ? null : absolute(approval.quantity);
  const valueThen = approval.valueUsd === null ? null : absolute(approval.valueUsd);
  const valueNow = stated === null || unitPrice === null ? null : multiply(stated, unitPrice);
  const shareSize = valueThen === null || unitPrice === null ? null : divide(valueThen, unitPrice);
  // An order that trades a share of the balance may be larger than the quantity that stands beside it.
  const quantity = approval.allocationPct === null ? stated : greaterOf(stated, shareSize);
  return { instrument: approval.instrument, quantity, valueUsd: greaterOf(valueThen, valueNow) };
}

/** The value then or at the price now, whichever is more: a limit is not slipped under by a rising price. */
function greaterOf(a: DecimalString | null, b: DecimalString | null): DecimalString | null {
  if (a === null || b === null) return a ?? b;
  return compare(a, b) >= 0 ? a : b;
}
