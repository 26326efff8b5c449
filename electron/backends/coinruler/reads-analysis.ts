import type { FieldDescriptor } from '#shared/domain/backend.ts';
import { compare, toFloat } from '#shared/money.ts';
import { SECOND_MS } from '#shared/time.ts';

import { HttpFailure } from '../../connections/port.ts';
import type { Json } from '../port.ts';
import { optionalNumber, optionalText, ParamError } from './params.ts';
import { wireMonteCarlo, wirePortfolio, wireProjection } from './protocol.ts';
import type { ReadContext, ReadDefinition } from './read-definition.ts';
import { descriptorOf, getRead, member, rows, rowsByName, rowsUnder } from './read-definition.ts';

/** The server computes without a limit and answers nobody meanwhile (§4.5). */
const MOST_SIMULATIONS = 20_000;

const symbol: FieldDescriptor = {
  name: 'symbol',
  label: 'Asset',
  type: 'text',
  required: false,
  defaultValue: 'BTC',
};

/** Simulations, prices, predictions, what the server learned, its health (§4.5, §4.8, §4.9). */
export const analysisReads: readonly ReadDefinition[] = [
  {
    descriptor: descriptorOf('distribution', {
      id: 'monte-carlo',
      group: 'Analysis',
      label: 'Monte Carlo',
      help: 'What the portfolio may be worth at the end of so many days, over many simulated courses.',
      params: [
        {
          name: 'simulations',
          label: 'Simulations',
          type: 'number',
          required: false,
          min: 100,
          max: MOST_SIMULATIONS,
          defaultValue: '2000',
        },
        {
          name: 'days',
          label: 'Days',
          type: 'number',
          required: false,
          min: 1,
          max: 365,
          defaultValue: '30',
        },
      ],
      caution: 'CoinRuler assumes the same 2 % of movement a day for every asset, stable ones included.',
    }),
    run: monteCarlo,
  },
  {
    descriptor: descriptorOf('distribution', {
      id: 'projection',
      group: 'Analysis',
      label: 'Projection',
      help: 'CoinRuler’s own 1,000 simulations over 30 days.',
      caution:
        'CoinRuler multiplies by the price twice here, so these values are far too high. Use Monte Carlo instead.',
    }),
    async run({ tools, signal }) {
      const answer = await tools.client.read('/analysis/projection', wireProjection, {
        priority: 'read',
        signal,
      });
      return distribution(answer.monteCarlo, 30);
    },
  },
  getRead(
    'table',
    {
      id: 'prices',
      group: 'Analysis',
      label: 'Prices',
      help: 'Last price, averages, daily change and volatility, from CoinRuler’s snapshots.',
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
    },
    '/macro/sentiment',
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

async function monteCarlo({ tools, params, signal }: ReadContext): Promise<Json> {
  const simulations = Math.round(
    optionalNumber(params, 'simulations', { min: 100, max: MOST_SIMULATIONS }) ?? 2_000,
  );
  const days = Math.round(optionalNumber(params, 'days', { min: 1, max: 365 }) ?? 30);
  const current = await tools.client.read('/portfolio/current', wirePortfolio, { priority: 'read', signal });
  // An asset without a price would be taken at one dollar each.
  const priced = [...current.balances].filter(([asset, quantity]) => {
    const price = current.prices.get(asset);
    return compare(quantity, '0') > 0 && price !== undefined && compare(price, '0') > 0;
  });
  if (priced.length === 0) throw new ParamError('Nothing is held that has a price.');
  const portfolio = {
    ...Object.fromEntries(priced.map(([asset, quantity]) => [asset, toFloat(quantity)])),
    _prices: Object.fromEntries(priced.map(([asset]) => [asset, toFloat(current.prices.get(asset) ?? '0')])),
  };
  const body = { portfolio, sims: simulations, days };
  const answer = await tools.client.ask('/monte-carlo', body, wireMonteCarlo, {
    priority: 'read',
    signal,
    timeoutMs: 60 * SECOND_MS,
  });
  return distribution(answer, days);
}

function distribution(
  answer: {
    outcomes: number[];
    mean: number | null;
    median: number | null;
    percentile_5: number | null;
    percentile_95: number | null;
  },
  days: number,
): Json {
  if (answer.outcomes.length === 0)
    throw new HttpFailure({ code: 'bad-answer', message: 'CoinRuler simulated nothing.' }, true);
  const { mean, median, percentile_5: p5, percentile_95: p95 } = answer;
  return {
    unit: 'USD',
    days,
    outcomes: answer.outcomes
      .slice(0, MOST_SIMULATIONS)
      .map((value) => Math.round(value * 100) / 100)
      .sort((a, b) => a - b),
    summary: { mean, median, p5, p95 },
  };
}

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
