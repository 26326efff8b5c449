import { asText, isMembers } from '#shared/json.ts';
import { compare, toDecimal } from '#shared/money.ts';

import { plainText } from '../../lib/clean.ts';
import type { WireFrame, WireMembers, WirePrice } from './protocol.ts';
import { MOST_IN_A_SYMBOL, MOST_IN_A_TYPE } from './protocol.ts';

/*
 * Messages that come by the thousand, read by hand for a fifth of what their schema takes. What is not plainly right is `null` here, and
 * the schema decides what it is and says what is wrong with it.
 */

export function plainFrame(value: unknown): WireFrame | null {
  if (!isMembers(value)) return null;
  const { type, data, timestamp } = value;
  if (typeof type !== 'string' || type === '' || type.length > MOST_IN_A_TYPE || !isMembers(data))
    return null;
  return { type, data, timestamp: asText(timestamp) };
}

export function plainPrice(data: WireMembers): WirePrice | null {
  const { symbol, timestamp } = data;
  const price = toDecimal(data.price);
  if (price === null || compare(price, '0') <= 0) return null;
  if (typeof symbol !== 'string' || symbol === '' || plainText(symbol, MOST_IN_A_SYMBOL) !== symbol)
    return null;
  return {
    symbol,
    price,
    change_24h: toDecimal(data.change_24h),
    volume_24h: toDecimal(data.volume_24h),
    timestamp: asText(timestamp),
  };
}
