import type { ReadDefinition } from './read-definition.ts';
import { ask, chosen, SAMPLE, timeframe } from './read-definition.ts';

/** The server’s view of the person’s own wallet (§2, §4.2). */
export const portfolioReads: readonly ReadDefinition[] = [
  ask(
    'detail',
    {
      id: 'portfolio',
      group: 'Portfolio',
      label: 'Portfolio',
      help: 'The server’s own view of your wallet.',
      caution: SAMPLE,
    },
    '/portfolio',
    { under: 'portfolio', own: true },
  ),
  ask(
    'table',
    {
      id: 'portfolio.positions',
      group: 'Portfolio',
      label: 'All positions',
      help: 'Closed ones too.',
      caution: SAMPLE,
    },
    '/portfolio/positions?status=all',
    { under: 'positions', own: true },
  ),
  ask(
    'table',
    {
      id: 'portfolio.history',
      group: 'Portfolio',
      label: 'History',
      help: 'Your copied orders.',
      caution: SAMPLE,
    },
    '/portfolio/history?limit=100&offset=0',
    { under: 'trades', own: true },
  ),
  ask(
    'detail',
    {
      id: 'portfolio.metrics',
      group: 'Portfolio',
      label: 'Metrics',
      help: 'Return, Sharpe ratio, drawdown and the curve of the value.',
      params: [timeframe],
      caution: SAMPLE,
    },
    ({ params }) => `/portfolio/metrics?timeframe=${chosen(params, 'timeframe', '30d')}`,
    { under: 'metrics', own: true },
  ),
  ask(
    'detail',
    { id: 'profile', group: 'Portfolio', label: 'Profile', help: 'Who the server takes you for.' },
    '/auth/profile',
    { under: 'user', own: true },
  ),
];
