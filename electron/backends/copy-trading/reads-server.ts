import { TRADER_READS } from '#shared/domain/bots/copy-trading.ts';

import type { ReadDefinition } from './read-definition.ts';
import { ask } from './read-definition.ts';

/** The server itself, and the exchange behind it (§1, §4.5). */
export const serverReads: readonly ReadDefinition[] = [
  ask(
    'detail',
    {
      id: 'market.status',
      group: 'Server',
      label: 'Sources of prices',
      help: 'Where the server takes its prices from.',
      caution: 'A source is called working also where only the fallback behind it answered.',
    },
    '/market/status',
  ),
  ask(
    'detail',
    {
      id: 'upstream',
      group: 'Server',
      label: 'Exchange behind it',
      help: 'Whether figures come from an exchange at all.',
    },
    '/kana-labs/status',
  ),
  ask(
    'detail',
    {
      id: 'upstream.markets',
      group: 'Server',
      label: 'Markets of the exchange',
      help: 'Sizes and steps of orders.',
    },
    '/kana-labs/markets',
  ),
  {
    descriptor: {
      id: TRADER_READS.health,
      group: 'Server',
      label: 'Health',
      help: 'How long the server runs, which of the two it is, and what is left of its requests.',
      params: [],
      view: 'detail',
      free: true,
    },
    async run({ tools, signal }) {
      const uptimeSeconds = await tools.client.uptime(signal);
      const budget = tools.budget();
      const minutes = Math.floor(uptimeSeconds / 60);
      return {
        server: tools.subscriptions.dialect() ?? 'not connected',
        runsFor: `${Math.floor(minutes / 60)} h ${minutes % 60} min ${Math.floor(uptimeSeconds % 60)} s`,
        requestsLeft:
          budget === null
            ? 'not counted'
            : `${Math.max(0, budget.limit - budget.used)} of ${budget.limit} in 15 minutes`,
        figures: tools.desk.simulated() ? 'may be samples' : 'from the exchange behind it',
        follows: tools.desk.book.unread() ?? tools.desk.book.mismatch() ?? 'as the server counts them',
      };
    },
  },
];
