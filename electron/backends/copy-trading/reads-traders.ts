import type { FieldDescriptor } from '#shared/domain/backends/backend.ts';
import { TRADER_READS } from '#shared/domain/bots/copy-trading.ts';

import { optionalText } from '../kit/params.ts';
import type { ReadDefinition } from './read-definition.ts';
import {
  ask,
  choice,
  chosen,
  ownWallet,
  SAMPLE,
  serverIdIn,
  timeframe,
  walletIn,
} from './read-definition.ts';

const trader: FieldDescriptor = {
  name: 'traderId',
  label: 'Trader',
  type: 'choice',
  required: true,
  choicesFrom: 'trader-choices',
};

const concerns = { thing: 'trader', param: 'traderId' } as const;

/** Traders, and one of them (§4.1, §4.3, §4.4). */
export const traderReads: readonly ReadDefinition[] = [
  ask(
    'table',
    {
      id: TRADER_READS.trades,
      group: 'Trader',
      label: 'Trades',
      help: 'The trader’s last orders, as the server lists them.',
      params: [trader],
      concerns,
      caution: 'Some servers answer the same two samples for every trader.',
    },
    (context) => `/traders/${serverIdIn(context)}/trades?limit=50&offset=0`,
    { under: 'trades' },
  ),
  ask(
    'detail',
    {
      id: TRADER_READS.performance,
      group: 'Trader',
      label: 'Performance',
      help: 'Balance, results and last trades at the exchange.',
      figures: {
        totalPnL: 'usd-change',
        totalVolume: 'usd',
        winRate: 'percent',
        availableBalance: 'usd',
        totalBalance: 'usd',
      },
      params: [trader, timeframe],
      concerns,
    },
    (context) =>
      `/copy-trading/performance/${walletIn(context)}?timeframe=${chosen(context.params, 'timeframe', '24h')}`,
    { under: 'data' },
  ),
  ask(
    'detail',
    {
      id: TRADER_READS.stats,
      group: 'Trader',
      label: 'What copying brought',
      help: 'What was copied of this trader for your wallet. Rate of success and delay are always zero on this server.',
      params: [trader],
      concerns,
    },
    (context) => `/copy-trading/stats/${walletIn(context)}/${ownWallet(context.tools)}`,
    { under: 'data.stats' },
  ),
  ask(
    'table',
    {
      id: TRADER_READS.positions,
      group: 'Trader',
      label: 'Positions',
      help: 'What the trader holds at the exchange now.',
      params: [trader],
      concerns,
    },
    (context) => `/copy-trading/positions/${walletIn(context)}`,
    { under: 'data.positions' },
  ),
  ask(
    'table',
    {
      id: 'trader-live',
      group: 'Trader',
      label: 'Trades at the exchange',
      help: 'Passed on from the exchange behind the server.',
      params: [trader],
      concerns,
    },
    (context) => `/realtime/traders/${serverIdIn(context)}/performance?limit=100`,
    { under: 'data.trades' },
  ),
  ask(
    'table',
    {
      id: TRADER_READS.leaderboard,
      group: 'Traders',
      label: 'Leaderboard',
      help: 'The community’s ranking.',
      figures: { monthlyReturn: 'percent-change', winRate: 'percent', totalVolume: 'usd' },
      caution: SAMPLE,
    },
    '/community/leaderboard',
    {
      under: 'leaderboard',
      first: ['rank', 'name', 'riskLevel', 'monthlyReturn', 'winRate'],
      without: ['avatar', 'username'],
    },
  ),
  ask(
    'table',
    {
      id: 'traders.filtered',
      group: 'Traders',
      label: 'By risk and return',
      help: 'Traders of one level of risk, with at least this return in a month.',
      figures: { monthlyReturn: 'percent-change', winRate: 'percent', totalVolume: 'usd' },
      params: [
        choice('riskLevel', 'Risk', ['all', 'low', 'medium', 'high'], 'all'),
        { name: 'minReturn', label: 'Return of a month in %, at least', type: 'number', required: false },
      ],
      caution: SAMPLE,
    },
    ({ params }) => {
      const least = Math.trunc(Number(optionalText(params, 'minReturn', 20) ?? NaN));
      const query = Number.isFinite(least) ? `&minReturn=${least}` : '';
      return `/traders?riskLevel=${chosen(params, 'riskLevel', 'all')}${query}`;
    },
    { under: 'traders' },
  ),
  ask(
    'table',
    {
      id: 'traders.top',
      group: 'Traders',
      label: 'Top performers',
      help: 'Passed on from the exchange behind the server.',
      figures: { totalPnL: 'usd-change', winRate: 'percent', maxDrawdown: 'percent' },
      params: [timeframe],
    },
    ({ params }) =>
      `/realtime/traders/top-performers?timeframe=${chosen(params, 'timeframe', '24h')}&limit=10`,
    { under: 'data' },
  ),
  {
    descriptor: {
      id: 'trader-choices',
      group: 'Traders',
      label: 'Traders',
      help: 'Whom the desk knows of. Asks the server for nothing.',
      params: [],
      view: 'choices',
      free: true,
    },
    run: ({ tools }) =>
      Promise.resolve(tools.desk.roster.all().map(({ id, name }) => ({ value: id, label: name }))),
  },
];
