import type { FieldDescriptor, ReadDescriptor } from '#shared/domain/backend.ts';
import { TRADER_READS } from '#shared/domain/copy-trading.ts';
import { SECOND_MS } from '#shared/time.ts';

import { cleanJson, flatRow } from '../../lib/clean.ts';
import type { Json, Params } from '../port.ts';
import { optionalText, ParamError, textParam } from './params.ts';
import { anyJson } from './protocol.ts';
import type { Tools } from './tools.ts';

interface ReadContext {
  tools: Tools;
  params: Params;
  signal: AbortSignal;
}

interface ReadDefinition {
  descriptor: ReadDescriptor;
  run(context: ReadContext): Promise<Json>;
}

type Described = Pick<ReadDescriptor, 'id' | 'group' | 'label' | 'help'> &
  Partial<Pick<ReadDescriptor, 'params' | 'caution' | 'concerns'>>;
type PathOf = (context: ReadContext) => string;

const SAMPLE = 'The server may answer samples that look real.';
const COSTS = 'Costs one of the 100 requests that the server allows in 15 minutes.';

const choice = (name: string, label: string, values: readonly string[], preset: string): FieldDescriptor => ({
  name,
  label,
  type: 'choice',
  required: false,
  choices: values.map((value) => ({ value, label: value })),
  defaultValue: preset,
});

const trader: FieldDescriptor = {
  name: 'traderId',
  label: 'Trader',
  type: 'choice',
  required: true,
  choicesFrom: 'trader-choices',
};
const timeframe = choice('timeframe', 'Time', ['1h', '24h', '7d', '30d'], '24h');
const symbol: FieldDescriptor = {
  name: 'symbol',
  label: 'Market',
  type: 'text',
  required: true,
  defaultValue: 'APT/USDC',
};

/** A read of the server: `under` names the member that holds the payload, whose name varies (§3). */
function ask(
  view: 'table' | 'detail',
  described: Described,
  path: string | PathOf,
  given: { under?: string; own?: boolean } = {},
): ReadDefinition {
  const { params = [], caution = COSTS, ...rest } = described;
  return {
    descriptor: { ...rest, params, view, caution, free: true },
    async run(context) {
      const { client } = context.tools;
      const target = typeof path === 'string' ? path : path(context);
      const options = { priority: 'read', signal: context.signal, timeoutMs: 20 * SECOND_MS } as const;
      const answer = await (given.own === true
        ? client.readOwn(target, anyJson, options)
        : client.read(target, anyJson, options));
      const payload = given.under === undefined ? answer : pick(answer, given.under);
      return view === 'table' ? rows(payload) : cleanJson(withoutEnvelope(payload));
    },
  };
}

/** Members of members by a dotted name; the whole answer where there are none. */
function pick(answer: Json, path: string): Json {
  let found: Json = answer;
  for (const name of path.split('.')) {
    if (found === null || typeof found !== 'object' || Array.isArray(found)) return null;
    found = found[name] ?? null;
  }
  return found;
}

const rows = (list: Json): Json => (Array.isArray(list) ? list.slice(0, 500).map(flatRow) : []);

function withoutEnvelope(answer: Json): Json {
  if (answer === null || typeof answer !== 'object' || Array.isArray(answer)) return answer;
  return Object.fromEntries(Object.entries(answer).filter(([name]) => name !== 'success'));
}

/** Looks at a trader: what the server can push about them is asked for too. */
function walletIn({ tools, params }: ReadContext): string {
  const wallet = textParam(params, 'traderId');
  tools.subscriptions.view(wallet);
  return encodeURIComponent(wallet);
}

function serverIdIn(context: ReadContext): string {
  walletIn(context);
  const serverId = context.tools.desk.roster.byWallet(textParam(context.params, 'traderId'))?.serverId;
  if (serverId === undefined || serverId === null)
    throw new ParamError('This trader is not on the server’s list at the moment.');
  return encodeURIComponent(serverId);
}

function ownWallet({ desk }: Tools): string {
  if (desk.wallet === null)
    throw new ParamError('No wallet is given: it is set in Settings, with this backend.');
  return encodeURIComponent(desk.wallet);
}

const chosen = (params: Params, name: string, preset: string): string =>
  encodeURIComponent(optionalText(params, name, 60) ?? preset);

const concerns = { thing: 'trader', param: 'traderId' } as const;

/** Everything that the server can be asked beyond what the desk shows by itself. README.md says what is left out, and why. */
export const readDefinitions: readonly ReadDefinition[] = [
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
      caution: SAMPLE,
    },
    '/community/leaderboard',
    { under: 'leaderboard' },
  ),
  ask(
    'table',
    {
      id: 'traders.filtered',
      group: 'Traders',
      label: 'By risk and return',
      help: 'Traders of one level of risk, with at least this return in a month.',
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
      params: [timeframe],
    },
    ({ params }) =>
      `/realtime/traders/top-performers?timeframe=${chosen(params, 'timeframe', '24h')}&limit=10`,
    { under: 'data' },
  ),
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
  ask(
    'table',
    { id: TRADER_READS.market, group: 'Market', label: 'Prices', help: 'Last prices.', caution: SAMPLE },
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
      caution: SAMPLE,
    },
    '/market/stats',
  ),
  ask(
    'detail',
    { id: 'market.volume', group: 'Market', label: 'Volume', help: 'By market.', caution: SAMPLE },
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
      return {
        uptimeSeconds,
        server: tools.subscriptions.dialect() ?? 'not connected',
        figures: tools.desk.simulated() ? 'may be samples' : 'from the exchange behind it',
        follows: tools.desk.book.mismatch() ?? 'as the server counts them',
      };
    },
  },
  {
    descriptor: {
      id: 'trader-choices',
      group: 'Traders',
      label: 'Traders',
      help: 'Whom the desk knows of. Asks the server for nothing.',
      params: [],
      view: 'table',
      free: true,
    },
    run: ({ tools }) =>
      Promise.resolve(tools.desk.roster.all().map(({ id, name }) => ({ value: id, label: name }))),
  },
];

const byId = new Map(readDefinitions.map((definition) => [definition.descriptor.id, definition]));

/** Answers a read in the shape of its view. Rejects in a person's words. */
export async function runRead(tools: Tools, id: string, params: Params, signal: AbortSignal): Promise<Json> {
  const definition = byId.get(id);
  if (definition === undefined) throw new Error(`A copy-trading server cannot be asked for “${id}”.`);
  return definition.run({ tools, params, signal });
}
