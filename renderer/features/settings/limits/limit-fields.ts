import type { ProposalKind } from '#shared/domain/approvals/proposal-kind.ts';
import { t } from '#shared/words.ts';

/** The limits that are one figure each, in words. Soft ones ask a second time, hard ones refuse. */
export const LIMIT_FIELDS = [
  {
    id: 'softValueUsd',
    label: t('Ask again above this value'),
    help: t('A soft limit: you can still approve, after a second question.'),
    unit: t('US dollars'),
    suggested: '1000',
    group: 'value',
  },
  {
    id: 'hardValueUsd',
    label: t('Refuse above this value'),
    help: t('A hard limit: nothing worth more can be approved here.'),
    unit: t('US dollars'),
    suggested: '10000',
    group: 'value',
  },
  {
    id: 'softDayUsd',
    label: t('Ask again when a day adds up to more than this'),
    help: t(
      'Everything that you and your rules approved since midnight, the next one included. One whose fate is unknown counts.',
    ),
    unit: t('US dollars a day'),
    suggested: '5000',
    group: 'day',
  },
  {
    id: 'hardDayUsd',
    label: t('Refuse when a day adds up to more than this'),
    help: t('A hard limit on the day. It is kept over a restart.'),
    unit: t('US dollars a day'),
    suggested: '20000',
    group: 'day',
  },
  {
    id: 'softPriceDriftPct',
    label: t('Ask again when the price has moved further than this'),
    help: t('From the price at the proposal to the freshest price that any of your backends has.'),
    unit: t('percent'),
    suggested: '1',
    group: 'drift',
  },
  {
    id: 'maxPriceDriftPct',
    label: t('Block when the price has moved further than this'),
    help: t('A hard limit on the same.'),
    unit: t('percent'),
    suggested: '2',
    group: 'drift',
  },
] as const;

export type LimitId = (typeof LIMIT_FIELDS)[number]['id'];

/** Pairs of which the soft one should be the smaller. */
export const SOFT_AND_HARD = [
  ['softValueUsd', 'hardValueUsd'],
  ['softDayUsd', 'hardDayUsd'],
  ['softPriceDriftPct', 'maxPriceDriftPct'],
] as const satisfies readonly (readonly [LimitId, LimitId])[];

export const KIND_LABELS: Record<ProposalKind, string> = {
  trade: t('Trades of a quantity'),
  share: t('Trades of a share of the balance'),
  stake: t('Stakes'),
  change: t('Changes without a trade'),
};
