import { t } from '../../../words.ts';

import type { OccasionRow } from './row.ts';

/** What bots propose. */
export const APPROVAL_ROWS = {
  'approval-asked': {
    group: 'Approvals',
    label: t('A bot proposes a trade'),
    help: t('A new approval waits for you.'),
    severity: 'medium',
    sound: 'approval',
    mode: 'on',
  },
  'approvals-waiting': {
    group: 'Approvals',
    label: t('Approvals found at the first look'),
    help: t('One line for all that waited before the desk looked.'),
    severity: 'medium',
    sound: 'approval',
    mode: 'on',
  },
} as const satisfies Record<string, OccasionRow>;
