import type { Limits } from '#shared/domain/settings.ts';
import type { DecimalString } from '#shared/money.ts';
import { compare, toDecimal } from '#shared/money.ts';

/** The limits as they stand in the inputs. A limit that is off keeps its text, so that switching it on again is one click. */
export interface LimitTexts {
  softOn: boolean;
  soft: string;
  hardOn: boolean;
  hard: string;
  driftOn: boolean;
  drift: string;
  expiry: string;
}

export type LimitErrors = Partial<Record<'soft' | 'hard' | 'drift' | 'expiry', string>>;

const SUGGESTED = { soft: '1000', hard: '10000', drift: '2' };
const MAX_EXPIRY_MINUTES = 10_080;

export const limitTexts = (limits: Limits): LimitTexts => ({
  softOn: limits.softValueUsd !== null,
  soft: limits.softValueUsd ?? SUGGESTED.soft,
  hardOn: limits.hardValueUsd !== null,
  hard: limits.hardValueUsd ?? SUGGESTED.hard,
  driftOn: limits.maxPriceDriftPct !== null,
  drift: limits.maxPriceDriftPct ?? SUGGESTED.drift,
  expiry: String(limits.approvalExpiryMinutes),
});

/** Reads the inputs, or says what is wrong with which. A limit that is off is not looked at. */
export function readLimitTexts(
  texts: LimitTexts,
): { ok: true; limits: Limits } | { ok: false; errors: LimitErrors } {
  const errors: LimitErrors = {};
  const read = (on: boolean, text: string, name: 'soft' | 'hard' | 'drift'): DecimalString | null => {
    if (!on) return null;
    const value = readPositive(text);
    if (value === null) errors[name] = 'Type a number above zero, with a point for decimals.';
    return value;
  };
  const softValueUsd = read(texts.softOn, texts.soft, 'soft');
  const hardValueUsd = read(texts.hardOn, texts.hard, 'hard');
  const maxPriceDriftPct = read(texts.driftOn, texts.drift, 'drift');
  const minutes = /^\s*\d{1,5}\s*$/.test(texts.expiry) ? Number(texts.expiry) : 0;
  if (minutes < 1 || minutes > MAX_EXPIRY_MINUTES) errors.expiry = 'Type whole minutes from 1 to 10,080.';
  if (Object.keys(errors).length > 0) return { ok: false, errors };
  return {
    ok: true,
    limits: { softValueUsd, hardValueUsd, maxPriceDriftPct, approvalExpiryMinutes: minutes },
  };
}

/** Thousands may be parted by commas or spaces only where that cannot be mistaken for decimals. */
function readPositive(text: string): DecimalString | null {
  const trimmed = text.trim();
  const grouped = /^\d{1,3}([,\s]\d{3})+(\.\d+)?$/.test(trimmed) ? trimmed.replace(/[,\s]/g, '') : trimmed;
  const value = toDecimal(grouped);
  return value !== null && compare(value, '0') > 0 ? value : null;
}
