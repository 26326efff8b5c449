import type { FieldDescriptor } from '#shared/domain/backends/backend.ts';
import { TRADER_READS } from '#shared/domain/bots/copy-trading.ts';

import { textParam } from '../kit/params.ts';
import type { ReadDefinition } from './read-definition.ts';
import { ask, choice, chosen, SAMPLE } from './read-definition.ts';

const symbol: FieldDescriptor = {
  name: 'symbol',
  label: 'Market',
  type: 'text',
  required: true,
  defaultValue: 'APT/USDC',
};

/** The market, and what its members say (§4.3, §4.5). */
export const marketReads: readonly ReadDefinition[] = [
  ask(
    'table',
    {
      id: TRADER_READS.market,
      group: 'Market',
      label: 'Prices',
      help: 'Last prices.',
      figures: { change24h: 'percent-change', volume24h: 'usd' },
      caution: SAMPLE,
    },
    '/market/prices',
    { under: 'prices' },
  ),
  ask(
    'detail',
    {
      id: 'orderbook',
      group: 'Market',
      label: 'Order book',
      help: 'Bids and asks of one market.',
      params: [symbol, choice('depth', 'Depth', ['10', '20', '50'], '20')],
      caution: SAMPLE,
    },
    ({ params }) =>
      `/market/orderbook/${encodeURIComponent(textParam(params, 'symbol', 60))}?depth=${chosen(params, 'depth', '20')}`,
  ),
  ask(
    'detail',
    {
      id: 'sentiment',
      group: 'Market',
      label: 'Sentiment',
      help: 'Of the market as a whole.',
      figures: { confidence: 'fraction', volume24h: 'usd' },
      caution: SAMPLE,
    },
    '/market/sentiment',
  ),
  ask(
    'table',
    {
      id: 'sentiment.assets',
      group: 'Market',
      label: 'Sentiment by asset',
      help: 'A fixed sample on the reference server.',
      figures: { confidence: 'fraction', volume24h: 'usd' },
      caution: SAMPLE,
    },
    '/realtime/analytics/market-sentiment',
    { under: 'data.byAsset' },
  ),
  ask(
    'detail',
    {
      id: 'market.stats',
      group: 'Market',
      label: 'Figures',
      help: 'Of the market as a whole.',
      figures: { totalVolume24h: 'usd' },
      caution: SAMPLE,
    },
    '/market/stats',
  ),
  ask(
    'detail',
    {
      id: 'market.volume',
      group: 'Market',
      label: 'Volume',
      help: 'By market.',
      figures: { total24h: 'usd' },
      caution: SAMPLE,
    },
    '/market/volume',
  ),
  ask(
    'table',
    { id: 'community.feed', group: 'Community', label: 'Feed', help: 'What members wrote.', caution: SAMPLE },
    '/community/feed',
    { under: 'feed' },
  ),
  ask(
    'detail',
    {
      id: 'community.stats',
      group: 'Community',
      label: 'Figures',
      help: 'Of the community.',
      figures: { totalVolume24h: 'usd' },
      caution: SAMPLE,
    },
    '/community/stats',
    { under: 'stats' },
  ),
  ask(
    'detail',
    {
      id: 'community.insights',
      group: 'Community',
      label: 'Insights',
      help: 'Of the community.',
      caution: SAMPLE,
    },
    '/community/insights',
  ),
];
