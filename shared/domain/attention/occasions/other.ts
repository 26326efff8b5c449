import { t } from '../../../words.ts';

import type { OccasionRow } from './row.ts';

/** What bots tell beyond that; the last four take every kind that no other row names. */
export const OTHER_ROWS = {
  'bot-trouble': {
    group: 'Other alerts',
    label: t('Trouble of a bot'),
    help: t('It cannot read its data, a service of it fails.'),
    severity: 'medium',
    sound: 'alert',
    mode: 'on',
    atLeast: true,
  },
  information: {
    group: 'Other alerts',
    label: t('Information'),
    help: t('Rules that ran, lessons learned, reports, backtests.'),
    severity: 'low',
    sound: null,
    mode: 'off',
    atLeast: true,
  },
  'other-critical': {
    group: 'Other alerts',
    label: t('Anything else that a bot calls critical'),
    help: t('Kinds of alert that no row above names.'),
    severity: 'critical',
    sound: 'critical',
    mode: 'on',
  },
  'other-high': {
    group: 'Other alerts',
    label: t('Anything else that a bot calls high'),
    help: t('Kinds of alert that no row above names.'),
    severity: 'high',
    sound: 'alert',
    mode: 'on',
  },
  'other-medium': {
    group: 'Other alerts',
    label: t('Anything else that a bot calls medium'),
    help: t('Kinds of alert that no row above names.'),
    severity: 'medium',
    sound: 'alert',
    mode: 'off',
  },
  'other-low': {
    group: 'Other alerts',
    label: t('Anything else that a bot calls low'),
    help: t('Kinds of alert that no row above names.'),
    severity: 'low',
    sound: null,
    mode: 'off',
  },
} as const satisfies Record<string, OccasionRow>;
