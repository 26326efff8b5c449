import type { PriceAlert, PriceAlertText, PriceCondition } from '#shared/domain/alerts/price-alert.ts';
import { priceAlertText } from '#shared/domain/alerts/price-alert.ts';
import { HOUR_MS } from '#shared/time.ts';
import { t } from '#shared/words.ts';

import { readDecimal, writeDecimal } from '../../ui/typed-decimal.ts';

export type Ending = 'never' | 'hour' | 'day' | 'week' | 'month' | 'same';

/** What the form of a price alert holds. */
export interface PriceAlertDraft {
  id: string;
  symbol: string;
  /** A backend's id; empty is the freshest of any. */
  backendId: string;
  practice: boolean;
  kind: PriceCondition['kind'];
  price: string;
  percent: string;
  withinMinutes: string;
  direction: 'up' | 'down' | 'either';
  again: boolean;
  againAfterMinutes: string;
  ending: Ending;
  /** As it was before; `same` keeps it. */
  expiresAtMs: number | null;
  note: string;
  severity: PriceAlertText['severity'];
  on: boolean;
}

export type PriceAlertErrors = Partial<
  Record<'symbol' | 'price' | 'percent' | 'withinMinutes' | 'againAfterMinutes', string>
>;

/** What an alert is about to be set on. */
export interface PriceAlertSubject {
  symbol: string;
  backendId: string;
  practice: boolean;
}

export const newPriceAlertDraft = (id: string, subject: PriceAlertSubject): PriceAlertDraft => ({
  id,
  symbol: subject.symbol,
  backendId: subject.backendId,
  practice: subject.practice,
  kind: 'above',
  price: '',
  percent: '5',
  withinMinutes: '15',
  direction: 'either',
  again: false,
  againAfterMinutes: '15',
  ending: 'never',
  expiresAtMs: null,
  note: '',
  severity: 'medium',
  on: true,
});

export function priceAlertDraftOf(alert: PriceAlert): PriceAlertDraft {
  const { condition, againAfterMinutes } = alert;
  const isChange = condition.kind === 'change';
  return {
    ...newPriceAlertDraft(alert.id, { ...alert, backendId: alert.backendId ?? '' }),
    kind: condition.kind,
    price: isChange ? '' : writeDecimal(condition.price),
    ...(isChange
      ? {
          percent: writeDecimal(condition.percent),
          withinMinutes: String(condition.withinMinutes),
          direction: condition.direction,
        }
      : {}),
    again: againAfterMinutes !== null,
    againAfterMinutes: String(againAfterMinutes ?? 15),
    ending: alert.expiresAtMs === null ? 'never' : 'same',
    expiresAtMs: alert.expiresAtMs,
    note: alert.note,
    severity: alert.severity,
    on: alert.on,
  };
}

/** The alert that the form describes, or what is wrong by field. Saving one that is over or off sets it anew. */
export function readPriceAlertDraft(
  draft: PriceAlertDraft,
  nowMs: number,
): { ok: true; alert: PriceAlertText } | { ok: false; errors: PriceAlertErrors } {
  const errors: PriceAlertErrors = {};
  const symbol = draft.symbol.trim();
  if (symbol === '') errors.symbol = t('Fill this in.');
  const condition = conditionOf(draft, errors);
  const pause = minutesOf(draft.againAfterMinutes, 10_080);
  if (draft.again && pause === null) errors.againAfterMinutes = t('Whole minutes, from 1 to 10080.');
  if (condition === null || Object.keys(errors).length > 0) return { ok: false, errors };
  const read = priceAlertText.safeParse({
    id: draft.id,
    symbol,
    backendId: draft.backendId === '' ? null : draft.backendId,
    practice: draft.practice,
    condition,
    againAfterMinutes: draft.again ? pause : null,
    expiresAtMs: endOf(draft, nowMs),
    note: draft.note,
    severity: draft.severity,
    on: true,
  });
  return read.success
    ? { ok: true, alert: read.data }
    : { ok: false, errors: { symbol: t('It is too long.') } };
}

function conditionOf(draft: PriceAlertDraft, errors: PriceAlertErrors): PriceCondition | null {
  if (draft.kind !== 'change') {
    const price = amountOf(draft.price);
    if (price === null)
      errors.price = t('A price above zero, such as 4000 or {example}.', {
        example: writeDecimal('0.00012'),
      });
    return price === null ? null : { kind: draft.kind, price };
  }
  const percent = amountOf(draft.percent);
  const withinMinutes = minutesOf(draft.withinMinutes, 1_440);
  if (percent === null) errors.percent = t('A percentage above zero, such as 5.');
  if (withinMinutes === null) errors.withinMinutes = t('Whole minutes, from 1 to 1440.');
  if (percent === null || withinMinutes === null) return null;
  return { kind: 'change', percent, withinMinutes, direction: draft.direction };
}

/** A positive decimal as it is kept; dollars may say so, on either side. */
function amountOf(text: string): string | null {
  const written = readDecimal(text.trim().replace(/^\$|\s*\$$/, '')) ?? '';
  return /^\d{1,20}(\.\d{1,18})?$/.test(written) && /[1-9]/.test(written) ? written : null;
}

function minutesOf(text: string, most: number): number | null {
  const minutes = /^\s*\d{1,5}\s*$/.test(text) ? Number(text) : 0;
  return minutes >= 1 && minutes <= most ? minutes : null;
}

const ENDINGS: Record<Exclude<Ending, 'never' | 'same'>, number> = {
  hour: HOUR_MS,
  day: 24 * HOUR_MS,
  week: 168 * HOUR_MS,
  month: 720 * HOUR_MS,
};

function endOf({ ending, expiresAtMs }: PriceAlertDraft, nowMs: number): number | null {
  if (ending === 'never') return null;
  return ending === 'same' ? expiresAtMs : nowMs + ENDINGS[ending];
}
