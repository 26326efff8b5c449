import { t } from '../../../words.ts';

import type { OccasionRow } from './row.ts';

/** What happens in the market. */
export const MARKET_ROWS = {
  'price-alert': {
    group: 'Market',
    label: t('Price alerts'),
    help: t('A price crossed what was asked for.'),
    severity: 'medium',
    sound: 'alert',
    mode: 'on',
    atLeast: true,
  },
  'threshold-alert': {
    group: 'Market',
    label: t('Thresholds kept by a bot'),
    help: t('Price, funding or open interest crossed one of them.'),
    severity: 'medium',
    sound: 'alert',
    mode: 'on',
    atLeast: true,
  },
  'whale-trade': {
    group: 'Market',
    label: t('Whale trades'),
    help: t('One very large trade in the market.'),
    severity: 'high',
    sound: 'alert',
    mode: 'on',
    atLeast: true,
  },
  volatility: {
    group: 'Market',
    label: t('Volatility'),
    help: t('A price moved far in a short time.'),
    severity: 'high',
    sound: 'alert',
    mode: 'on',
    atLeast: true,
  },
  'volume-spike': {
    group: 'Market',
    label: t('Volume spikes'),
    help: t('Far more volume than in the hour before.'),
    severity: 'medium',
    sound: 'alert',
    mode: 'silent',
    atLeast: true,
  },
  'open-interest': {
    group: 'Market',
    label: t('Open interest'),
    help: t('It moved far in a short time.'),
    severity: 'low',
    sound: null,
    mode: 'off',
    atLeast: true,
  },
} as const satisfies Record<string, OccasionRow>;
