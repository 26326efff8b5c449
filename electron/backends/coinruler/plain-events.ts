import { asText, isMembers } from '#shared/json.ts';
import { toDecimal } from '#shared/money.ts';
import { parseIsoMs } from '#shared/time.ts';

import type { WireAlert, WireEnvelope, WirePortfolioEvent } from './protocol.ts';
import { MOST_IN_A_TYPE, toAssetAmounts } from './protocol.ts';

/*
 * Events that may come by the thousand, read by hand for a fifth of what their schema takes. What is not plainly right is `null` here, and
 * the schema decides what it is and says what is wrong with it.
 */

export function plainEnvelope(value: unknown): WireEnvelope | null {
  if (!isMembers(value)) return null;
  const { type, data } = value;
  return typeof type === 'string' && type !== '' && type.length <= MOST_IN_A_TYPE ? { type, data } : null;
}

/** When the server says that it happened; not every event says it, and some under the other name (§5.1). */
export function eventTime(data: unknown): string | undefined {
  return isMembers(data) ? (asText(data.ts) ?? asText(data.timestamp)) : undefined;
}

export function plainAlert(value: unknown): WireAlert | null {
  if (!isMembers(value)) return null;
  const { type, severity, message, data, timestamp } = value;
  if (typeof type !== 'string' || type === '') return null;
  return {
    type,
    severity: asText(severity),
    message: asText(message),
    data,
    timestamp: parseIsoMs(timestamp),
  };
}

/** The shape that tells balances; the other one holds a whole snapshot, and comes seldom. */
export function plainPortfolio(value: unknown): WirePortfolioEvent | null {
  if (!isMembers(value) || value.snapshot !== undefined) return null;
  const { balances, prices, totalUSD, timestamp } = value;
  if (!isMembers(balances) || !isMembers(prices)) return null;
  return {
    balances: toAssetAmounts(balances),
    prices: toAssetAmounts(prices),
    totalUSD: toDecimal(totalUSD),
    timestamp: parseIsoMs(timestamp),
  };
}
