import type { Approval } from '#shared/domain/approvals/approval.ts';
import { entryKey } from '#shared/domain/desk.ts';
import type { Holding } from '#shared/domain/portfolio/portfolio.ts';
import type { DecimalString } from '#shared/money.ts';
import { absolute, compare, divide, multiply } from '#shared/money.ts';
import { MINUTE_MS } from '#shared/time.ts';

import type { IndexedDesk } from './state.ts';

/** A price counts as the price then when it is no further than this from the proposal: two of CoinRuler's own updates. */
const PRICE_FITS_WITHIN_MS = 10 * MINUTE_MS;

/** Price and value at the time of a proposal, where the backend gave none and the desk holds a price of that time. */
export function estimate(desk: IndexedDesk, approval: Approval): Pick<Approval, 'priceThen' | 'valueUsd'> {
  if (approval.instrument === null) return approval;
  const holding = desk.get('holdings', entryKey(approval.backendId, approval.instrument));
  const priceThen = approval.priceThen ?? priceAtProposal(desk, approval, holding);
  const quantity = quantityOf(approval, holding);
  if (approval.valueUsd !== null || priceThen === null || quantity === null) {
    return { priceThen, valueUsd: approval.valueUsd };
  }
  return { priceThen, valueUsd: multiply(quantity, priceThen) };
}

function priceAtProposal(
  desk: IndexedDesk,
  approval: Approval,
  holding: Holding | undefined,
): DecimalString | null {
  const portfolio = desk.get('portfolios', approval.backendId);
  if (portfolio === undefined || holding === undefined) return null;
  const priceAtMs = portfolio.occurredAtMs ?? portfolio.receivedAtMs;
  return Math.abs(priceAtMs - approval.createdAtMs) <= PRICE_FITS_WITHIN_MS ? holding.priceUsd : null;
}

/** An allocation is a share of what is held; of nothing held it says nothing about the size of the trade. */
function quantityOf(approval: Approval, holding: Holding | undefined): DecimalString | null {
  if (approval.quantity !== null) return absolute(approval.quantity);
  if (approval.allocationPct === null || holding === undefined || compare(holding.quantity, '0') === 0)
    return null;
  const share = divide(absolute(approval.allocationPct), '100');
  return share === null ? null : multiply(share, absolute(holding.quantity));
}
