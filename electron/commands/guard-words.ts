import type { GuardCheck } from '#shared/domain/approvals/approval.ts';
import type { DecimalString } from '#shared/money.ts';

import type { Facts } from './facts.ts';

export const addsRisk = ({ act }: Pick<Facts, 'act'>): boolean => act === undefined || act.risk === 'adds';

export const nameOf = ({ config, command }: Pick<Facts, 'config' | 'command'>): string =>
  config?.name ?? command.backendId;

export function pass(id: string, label: string, detail: string): GuardCheck {
  return { id, label, verdict: 'pass', detail };
}

export function warn(id: string, label: string, detail: string): GuardCheck {
  return { id, label, verdict: 'warn', detail };
}

export function block(id: string, label: string, detail: string): GuardCheck {
  return { id, label, verdict: 'block', detail };
}

export const inDollars = (usd: DecimalString): string =>
  `$${Number(usd).toLocaleString('en-US', {
    maximumFractionDigits: 2,
    trailingZeroDisplay: 'stripIfInteger',
    minimumFractionDigits: 2,
  })}`;

export const asQuantity = (quantity: DecimalString): string =>
  Number(quantity).toLocaleString('en-US', { maximumFractionDigits: 8 });

/** With as many digits as a price of a fraction of a cent needs. */
export const asPrice = (price: DecimalString): string =>
  `$${Number(price).toLocaleString('en-US', { maximumSignificantDigits: 8 })}`;
