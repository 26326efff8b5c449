import type { FieldDescriptor } from '#shared/domain/backends/backend.ts';

import { cleanJson } from '../../lib/clean.ts';
import type { Json } from '../port.ts';
import { optionalNumber, optionalText } from '../kit/params.ts';
import type { ReadDefinition } from './read-definition.ts';
import { getRead, member, rows } from '../kit/reading.ts';
import { rowsByName } from './read-definition.ts';

const symbol: FieldDescriptor = {
  name: 'symbol',
  label: 'Asset',
  type: 'text',
  required: false,
  defaultValue: 'BTC',
};

/** Prices, and what the server makes of them (§4.5). */
export const analysisReads: readonly ReadDefinition[] = [
  getRead(
    'table',
    {
      id: 'prices',
      group: 'Analysis',
      label: 'Prices',
      help: 'Last price, averages, daily change and volatility, from CoinRuler’s snapshots.',
      figures: { last: 'price', sma7: 'price', sma30: 'price', volatility7d: 'fraction' },
      params: [
        { name: 'coins', label: 'Assets', type: 'text', required: false, defaultValue: 'BTC,XRP,USDC' },
        { name: 'days', label: 'Days', type: 'number', required: false, min: 7, max: 60, defaultValue: '60' },
      ],
    },
    (params) => {
      const coins = optionalText(params, 'coins') ?? 'BTC,XRP,USDC';
      const days = optionalNumber(params, 'days', { min: 7, max: 60 }) ?? 60;
      return `/analysis/prices?coins=${encodeURIComponent(coins)}&days=${Math.round(days)}`;
    },
    rowsByName('coin', 'coins'),
  ),
  getRead(
    'table',
    {
      id: 'predictions',
      group: 'Analysis',
      label: 'Predictions',
      help: 'Where CoinRuler expects a price to be.',
      figures: { confidence: 'fraction' },
      params: [symbol],
      caution:
        'The shipped server adds a fixed percentage to a moving average and always claims the same confidence.',
    },
    (params) =>
      `/analysis/predictions?symbol=${encodeURIComponent((optionalText(params, 'symbol', 24) ?? 'BTC').toUpperCase())}`,
    predictionRows,
  ),
  getRead(
    'detail',
    {
      id: 'sentiment',
      group: 'Analysis',
      label: 'Fear and greed',
      help: 'The latest index value, 0 to 100.',
      tells: 'sentiment',
    },
    '/macro/sentiment',
    (answer) => cleanJson(member(answer, 'latest') ?? null),
  ),
  getRead(
    'detail',
    {
      id: 'intelligence',
      group: 'Analysis',
      label: 'Market intelligence',
      help: 'What CoinRuler gathers on an asset; on its core assets when left empty.',
      params: [{ ...symbol, defaultValue: '' }],
    },
    (params) => {
      const coin = optionalText(params, 'symbol', 24);
      return coin === null ? '/intelligence' : `/intelligence/${encodeURIComponent(coin)}`;
    },
  ),
];

/** One row a horizon, so that the figures can be compared. */
function predictionRows(answer: Json): Json {
  const predictions = member(answer, 'predictions') ?? {};
  const horizons = ['1h', '4h', '1d', '3d', '1w'].flatMap((horizon): Json[] => {
    const price = member(predictions, horizon);
    if (typeof price !== 'number') return [];
    return [
      {
        symbol: member(answer, 'symbol') ?? null,
        horizon,
        price,
        currentPrice: member(answer, 'currentPrice') ?? null,
        confidence: member(predictions, 'confidence') ?? null,
        method: member(predictions, 'method') ?? null,
        note: member(predictions, 'note') ?? null,
      },
    ];
  });
  return rows(horizons);
}
