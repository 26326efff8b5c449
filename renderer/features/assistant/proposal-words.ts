import type { Approval } from '#shared/domain/approvals/approval.ts';
import type { ProposableLimit, Proposal } from '#shared/domain/assistant/assistant.ts';
import { CARD_LASTS_MS } from '#shared/domain/assistant/assistant.ts';
import { t } from '#shared/words.ts';

import { formatMoney } from '../../ui/format.ts';

export const LIMIT_WORDS: Readonly<Record<ProposableLimit, { label: string; unit: '$' | '%' }>> = {
  softValueUsd: { label: t('value of a decision that asks again'), unit: '$' },
  hardValueUsd: { label: t('value of a decision that is refused'), unit: '$' },
  softDayUsd: { label: t('value of a day that asks again'), unit: '$' },
  hardDayUsd: { label: t('value of a day that is refused'), unit: '$' },
  softPriceDriftPct: { label: t('price drift that asks again'), unit: '%' },
  maxPriceDriftPct: { label: t('price drift that is refused'), unit: '%' },
};

export function limitWords(name: ProposableLimit, value: string | null): string {
  if (value === null) return 'off';
  return LIMIT_WORDS[name].unit === '$' ? formatMoney(value) : `${value} %`;
}

/** Why any card cannot be taken any more by its age alone; `null` while it can. */
export const ageState = ({ state, atMs }: Pick<Proposal, 'state' | 'atMs'>, nowMs: number): string | null =>
  state === 'open' && nowMs - atMs > CARD_LASTS_MS
    ? t('This card is older than an hour. Ask for it again.')
    : null;

/** Why a proposed decision cannot be taken any more, in words; `null` while it can. */
export function decisionState(
  { state, atMs }: Pick<Proposal, 'state' | 'atMs'>,
  approval: Pick<Approval, 'status' | 'changedAtMs'> | undefined,
  halted: boolean,
): string | null {
  if (state === 'dismissed') return t('You dismissed this.');
  switch (approval?.status) {
    case 'pending':
      if ((approval.changedAtMs ?? 0) > atMs)
        return t('The proposal has changed since this card. Look at it as it is now.');
      return halted ? t('PANIC is on: nothing that adds risk is sent until you resume.') : null;
    case 'approved':
    case 'executed':
      return t('It was approved.');
    case 'declined':
      return t('It was declined.');
    case 'unknown':
      return t('A decision was sent, and is being read back.');
    case undefined:
    case 'gone':
    case 'other':
      return t('The proposal is gone: this card is out of date.');
  }
}

/** The same for a limit. `now` is what it is at this time. */
export function limitState(
  { state, outcome }: Pick<Proposal, 'state' | 'outcome'>,
  now: string | null | undefined,
  before: string | null,
  halted: boolean,
): string | null {
  if (state === 'taken') return outcome ?? t('You changed it.');
  if (state === 'dismissed') return t('You dismissed this.');
  if (now !== before) return t('The limit has been changed since: this card is out of date.');
  return halted ? t('PANIC is on: nothing that adds risk is done until you resume.') : null;
}

/** The same for muting a kind of alert. */
export function muteState(
  { state, outcome }: Pick<Proposal, 'state' | 'outcome'>,
  { wanted, muted, connected }: { wanted: boolean; muted: boolean | undefined; connected: boolean },
): string | null {
  if (state === 'taken') return outcome ?? t('You changed it.');
  if (state === 'dismissed') return t('You dismissed this.');
  if (!connected) return t('This backend is not connected any more: this card is out of date.');
  return muted === wanted ? t('It is so already: this card is out of date.') : null;
}
