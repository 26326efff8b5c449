import type { GuardCheck } from '#shared/domain/approvals/approval.ts';
import { driftSince } from '#shared/domain/market/market-price.ts';
import { absolute, compare } from '#shared/money.ts';
import { formatAge } from '#shared/time.ts';

import type { Facts } from './facts.ts';
import { addsRisk, asPrice, block, pass, warn } from './guard-words.ts';

/** A3, A4: the price must not have run away from the proposal. What cannot be compared is said and asked. */
export function checkPriceDrift(facts: Facts): GuardCheck | null {
  const { approval, limits, nowMs, price } = facts;
  if (approval === undefined || approval.instrument === null || !addsRisk(facts)) return null;
  const label = 'Price near the proposal';
  const { maxPriceDriftPct: hard, softPriceDriftPct: soft } = limits;
  if (hard === null && soft === null) return pass('price-drift', label, 'You set no limit.');
  const driftPct = driftSince(approval, price);
  if (driftPct === null || price === null) {
    const unknown = approval.priceThen === null ? 'price at the proposal' : 'price now';
    return warn('price-unknown', label, `The ${unknown} is not known, so the drift cannot be checked.`);
  }
  const source = `${asPrice(price.price)} by ${price.backendName} (${price.symbol}), ${formatAge(nowMs - price.atMs)} old`;
  const words = `${Number(driftPct).toFixed(2)} % since the proposal: ${source}.`;
  const size = absolute(driftPct);
  if (hard !== null && compare(size, hard) > 0)
    return block('price-drift', label, `${words} Your hard limit is ${hard} %.`);
  if (soft !== null && compare(size, soft) > 0)
    return warn('soft-drift', label, `${words} Your soft limit is ${soft} %.`);
  return pass('price-drift', label, `${words} Your limit is ${soft ?? hard} %.`);
}
