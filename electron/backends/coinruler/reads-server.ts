import { optionalText } from '../kit/params.ts';
import type { ReadDefinition } from './read-definition.ts';
import { getRead, rowsUnder } from '../kit/reading.ts';

/** What the server learned, its chat's log, its health (§4.8, §4.9). */
export const serverReads: readonly ReadDefinition[] = [
  getRead(
    'detail',
    {
      id: 'ml.preferences',
      group: 'Learning',
      label: 'Your preferences',
      help: 'What CoinRuler learned from your decisions.',
    },
    '/ml/preferences',
  ),
  getRead(
    'table',
    { id: 'ml.patterns', group: 'Learning', label: 'Patterns', help: 'Patterns in your decisions.' },
    '/ml/patterns',
    rowsUnder('patterns'),
  ),
  getRead(
    'table',
    {
      id: 'ml.events',
      group: 'Learning',
      label: 'Model events',
      help: 'Training and predictions, newest first.',
    },
    '/ml/events',
    rowsUnder('items'),
  ),
  getRead(
    'table',
    {
      id: 'knowledge',
      group: 'Learning',
      label: 'Knowledge',
      help: 'What CoinRuler took in.',
      params: [
        { name: 'tags', label: 'Tags', type: 'text', required: false, help: 'With commas between them.' },
      ],
    },
    (params) => {
      const tags = optionalText(params, 'tags');
      return `/knowledge/query?limit=100${tags === null ? '' : `&tags=${encodeURIComponent(tags)}`}`;
    },
    rowsUnder('items'),
  ),
  getRead(
    'detail',
    {
      id: 'knowledge.context',
      group: 'Learning',
      label: 'What the chat is told',
      help: 'The context that CoinRuler gives its chat.',
    },
    '/knowledge/context',
  ),
  getRead(
    'table',
    {
      id: 'chat.history',
      group: 'Learning',
      label: 'Chat history',
      help: 'What was logged, oldest first. Only what its clients logged is kept.',
    },
    '/chat/history?limit=100',
    rowsUnder('messages'),
  ),
  getRead(
    'detail',
    { id: 'health', group: 'Server', label: 'Health', help: 'Database and dry run.' },
    '/health',
  ),
  getRead(
    'detail',
    {
      id: 'health.full',
      group: 'Server',
      label: 'Full diagnostics',
      help: 'Database, exchange, counts.',
      figures: { prices: 'price' },
      caution:
        'Asking this rewrites CoinRuler’s collateral data and raises an alert. Its kill switch is read from another place and always says off.',
      free: false,
    },
    '/health/full',
  ),
  getRead(
    'detail',
    {
      id: 'exchange',
      group: 'Server',
      label: 'Exchange connection',
      help: 'Whether CoinRuler reaches the exchange.',
    },
    '/coinbase/status',
  ),
  getRead(
    'detail',
    {
      id: 'environment',
      group: 'Server',
      label: 'Configuration',
      help: 'Ports, intervals and what is configured; no secrets.',
    },
    '/env',
  ),
  getRead(
    'detail',
    { id: 'status', group: 'Server', label: 'Status', help: 'Whether the process runs, and its time.' },
    '/status',
  ),
  getRead(
    'detail',
    { id: 'version', group: 'Server', label: 'Version', help: 'Commit and build time.' },
    '/version',
  ),
];
