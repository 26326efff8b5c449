import type { ProposalKind } from '#shared/domain/proposal-kind.ts';

/** The limits that are one figure each, in words. Soft ones ask a second time, hard ones refuse. */
export const LIMIT_FIELDS = [
  {
    id: 'softValueUsd',
    label: 'Ask again above this value',
    help: 'A soft limit: you can still approve, after a second question.',
    unit: 'US dollars',
    suggested: '1000',
    group: 'value',
  },
  {
    id: 'hardValueUsd',
    label: 'Refuse above this value',
    help: 'A hard limit: nothing worth more can be approved here.',
    unit: 'US dollars',
    suggested: '10000',
    group: 'value',
  },
  {
    id: 'softDayUsd',
    label: 'Ask again when a day adds up to more than this',
    help: 'Everything that you and your rules approved since midnight, the next one included. One whose fate is unknown counts.',
    unit: 'US dollars a day',
    suggested: '5000',
    group: 'day',
  },
  {
    id: 'hardDayUsd',
    label: 'Refuse when a day adds up to more than this',
    help: 'A hard limit on the day. It is kept over a restart.',
    unit: 'US dollars a day',
    suggested: '20000',
    group: 'day',
  },
  {
    id: 'softPriceDriftPct',
    label: 'Ask again when the price has moved further than this',
    help: 'From the price at the proposal to the freshest price that any of your backends has.',
    unit: 'percent',
    suggested: '1',
    group: 'drift',
  },
  {
    id: 'maxPriceDriftPct',
    label: 'Block when the price has moved further than this',
    help: 'A hard limit on the same.',
    unit: 'percent',
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
  trade: 'Trades of a quantity',
  share: 'Trades of a share of the balance',
  stake: 'Stakes',
  change: 'Changes without a trade',
};
