import type { ProposalKind } from '#shared/domain/approvals/proposal-kind.ts';
import { proposalKind } from '#shared/domain/approvals/approval.ts';
import type { Limits, LimitsOverride } from '#shared/domain/approvals/limits.ts';
import type { DecimalString } from '#shared/money.ts';
import { compare, toDecimal } from '#shared/money.ts';
import { t } from '#shared/words.ts';

import { readDecimal, writeDecimal } from '../../../ui/typed-decimal.ts';
import type { LimitId } from './limit-fields.ts';
import { LIMIT_FIELDS, SOFT_AND_HARD } from './limit-fields.ts';

/** A figure as it stands in its input. One that is off keeps its text, so that switching it on again is one click. */
export interface OnOffText {
  on: boolean;
  text: string;
}

/** A figure for one backend: as for all, off there, or its own. */
export interface OwnText {
  mode: 'general' | 'off' | 'own';
  text: string;
}

export interface QuantityText {
  instrument: string;
  backendId: string;
  soft: string;
  hard: string;
}

export type OverrideTexts = Record<LimitId, OwnText> & {
  expiry: OwnText;
  repeats: 'general' | 'replace' | 'each';
};

/** All limits as they stand in the inputs. */
export type LimitTexts = Record<LimitId, OnOffText> & {
  expiry: string;
  expiryByKind: Record<ProposalKind, OnOffText>;
  repeatsReplace: boolean;
  quantities: QuantityText[];
  byBackend: Record<string, OverrideTexts>;
};

/** What is wrong, by the name of the input: a limit's id, `kind:KIND`, `quantity:INDEX` or `BACKEND:ID`. */
export type LimitErrors = Readonly<Record<string, string>>;

const MAX_EXPIRY_MINUTES = 10_080;
const NOT_POSITIVE = t('Type a number above zero, such as {example}.', { example: writeDecimal('1500.5') });
const NOT_MINUTES = t('Type whole minutes from 1 to 10,080.');

export function limitTexts(limits: Limits): LimitTexts {
  return {
    ...byLimit(({ id, suggested }) => ({
      on: limits[id] !== null,
      text: writeDecimal(limits[id] ?? suggested),
    })),
    expiry: String(limits.approvalExpiryMinutes),
    expiryByKind: byKind((kind) => {
      const minutes = limits.expiryMinutesByKind[kind];
      return { on: minutes !== undefined, text: String(minutes ?? limits.approvalExpiryMinutes) };
    }),
    repeatsReplace: limits.repeatsReplace,
    quantities: limits.quantities.map(({ backendId, hard, instrument, soft }) => ({
      instrument,
      backendId: backendId ?? '',
      soft: writeDecimal(soft ?? ''),
      hard: writeDecimal(hard ?? ''),
    })),
    byBackend: Object.fromEntries(
      Object.entries(limits.byBackend).map(([backendId, own]) => [backendId, overrideTexts(own)]),
    ),
  };
}

/** The inputs for one backend; with nothing set, everything is as for all. */
export function overrideTexts(own: LimitsOverride): OverrideTexts {
  const { approvalExpiryMinutes: minutes, repeatsReplace } = own;
  return {
    ...byLimit(({ id, suggested }): OwnText => {
      const value = own[id];
      const mode = value === undefined ? 'general' : value === null ? 'off' : 'own';
      return { mode, text: writeDecimal(value ?? suggested) };
    }),
    expiry: { mode: minutes === undefined ? 'general' : 'own', text: String(minutes ?? 60) },
    repeats: repeatsReplace === undefined ? 'general' : repeatsReplace ? 'replace' : 'each',
  };
}

/** Reads the inputs, or says what is wrong with which. A limit that is off is not looked at. */
export function readLimitTexts(
  texts: LimitTexts,
): { ok: true; limits: Limits } | { ok: false; errors: LimitErrors } {
  const errors: Record<string, string> = {};
  const positive = (text: string, name: string): DecimalString | null => {
    const value = readPositive(text);
    if (value === null) errors[name] = NOT_POSITIVE;
    return value;
  };
  const minutes = (text: string, name: string): number => {
    const value = /^\s*\d{1,5}\s*$/.test(text) ? Number(text) : 0;
    if (value < 1 || value > MAX_EXPIRY_MINUTES) errors[name] = NOT_MINUTES;
    return value;
  };

  const limits: Limits = {
    ...byLimit(({ id }) => (texts[id].on ? positive(texts[id].text, id) : null)),
    approvalExpiryMinutes: minutes(texts.expiry, 'expiry'),
    expiryMinutesByKind: Object.fromEntries(
      proposalKind.options
        .filter((kind) => texts.expiryByKind[kind].on)
        .map((kind) => [kind, minutes(texts.expiryByKind[kind].text, `kind:${kind}`)]),
    ),
    repeatsReplace: texts.repeatsReplace,
    quantities: texts.quantities.map(({ backendId, hard, instrument, soft }, index) => {
      const name = `quantity:${index}`;
      if (!/^[\p{L}\p{N}]{1,20}$/u.test(instrument.trim()))
        errors[name] = t('Name the asset alone, such as ETH.');
      else if (soft.trim() === '' && hard.trim() === '') errors[name] = t('Give at least one of the two.');
      return {
        instrument: instrument.trim().toUpperCase(),
        backendId: backendId === '' ? null : backendId,
        soft: soft.trim() === '' ? null : positive(soft, name),
        hard: hard.trim() === '' ? null : positive(hard, name),
      };
    }),
    byBackend: Object.fromEntries(
      Object.entries(texts.byBackend).flatMap(([backendId, own]) => {
        const read = readOverride(own, backendId, positive, minutes);
        return Object.keys(read).length === 0 ? [] : [[backendId, read]];
      }),
    ),
  };
  return Object.keys(errors).length > 0 ? { ok: false, errors } : { ok: true, limits };
}

/** Soft limits that are not below their hard ones, so that their question is never asked. */
export const contradictions = (limits: Limits): LimitId[] =>
  SOFT_AND_HARD.flatMap(([soft, hard]) => {
    const [low, high] = [limits[soft], limits[hard]];
    return low !== null && high !== null && compare(low, high) >= 0 ? [soft] : [];
  });

function readOverride(
  texts: OverrideTexts,
  backendId: string,
  positive: (text: string, name: string) => DecimalString | null,
  minutes: (text: string, name: string) => number,
): LimitsOverride {
  const own: LimitsOverride = {};
  for (const { id } of LIMIT_FIELDS) {
    const { mode, text } = texts[id];
    if (mode === 'off') own[id] = null;
    if (mode === 'own') own[id] = positive(text, `${backendId}:${id}`);
  }
  if (texts.expiry.mode === 'own')
    own.approvalExpiryMinutes = minutes(texts.expiry.text, `${backendId}:expiry`);
  if (texts.repeats !== 'general') own.repeatsReplace = texts.repeats === 'replace';
  return own;
}

function byLimit<T>(make: (field: (typeof LIMIT_FIELDS)[number]) => T): Record<LimitId, T> {
  const [softValue, hardValue, softDay, hardDay, softDrift, hardDrift] = LIMIT_FIELDS;
  return {
    softValueUsd: make(softValue),
    hardValueUsd: make(hardValue),
    softDayUsd: make(softDay),
    hardDayUsd: make(hardDay),
    softPriceDriftPct: make(softDrift),
    maxPriceDriftPct: make(hardDrift),
  };
}

const byKind = <T>(make: (kind: ProposalKind) => T): Record<ProposalKind, T> => ({
  trade: make('trade'),
  share: make('share'),
  stake: make('stake'),
  change: make('change'),
});

function readPositive(text: string): DecimalString | null {
  const value = toDecimal(readDecimal(text));
  return value !== null && compare(value, '0') > 0 ? value : null;
}
