import { HOUR_MS } from '#shared/time.ts';

import type { CopyTrading } from './context.ts';
import { iso } from './context.ts';
import type { Answer, Route } from './http-server.ts';
import { failure, ok, ownRoute, route } from './http-server.ts';
import { traderNamed } from './members.ts';
import { assetOf, marketIdOf, pairOf, TRADED } from './pairs.ts';
import { PROFILES } from './profiles.ts';
import { cents } from './trader-book.ts';
import { performanceWire, quoteFigures, traderWire } from './wire.ts';

/** Health, the realtime controller and the market (sheet, sections 1, 4.3 and 4.5). */
export const marketRoutes = (desk: CopyTrading): Route[] => [
  route('GET', '/health', () => ({
    status: 200,
    body: { status: 'OK', timestamp: now(desk), uptime: (desk.clock.now() - desk.startedAtMs) / 1_000 },
  })),

  route('GET', '/realtime/market-data', () => dated(desk, { data: TRADED.map((one) => quote(desk, one)) })),
  route('GET', '/realtime/market-data/:symbol', ({ params }) => {
    const symbol = assetOf(params[0]);
    return symbol === null
      ? failure(404, 'Market data not found')
      : dated(desk, { data: quote(desk, symbol) });
  }),
  route('GET', '/realtime/traders/top-performers', ({ query }) =>
    passedOn(desk, () => {
      const limit = Number.parseInt(query.get('limit') ?? '10', 10);
      return desk.state.books
        .map((book) => performanceWire(desk, book))
        .toSorted((a, b) => Number(b.totalPnL) - Number(a.totalPnL))
        .slice(0, Number.isNaN(limit) ? 10 : limit);
    }),
  ),
  route('GET', '/realtime/traders/:id/performance', ({ params }) =>
    passedOn(desk, () => {
      const wallet = traderNamed(desk.members, params[0]);
      const book = desk.state.books.find((one) => one.wallet === wallet);
      const trades = (book?.trades ?? []).toReversed().map((one) => ({
        id: one.id,
        symbol: pairOf(one.symbol),
        side: one.side,
        amount: one.quantity,
        price: one.price,
        timestamp: one.atMs,
      }));
      return { trades, total: trades.length };
    }),
  ),
  // A valid token does not help: the server looks for it under another name (sheet, section 4.3).
  ...ALWAYS_REFUSED.map(([method, path]) =>
    ownRoute(method, path, () => failure(401, 'User not authenticated')),
  ),
  route('GET', '/realtime/analytics/performance', () =>
    dated(desk, { data: { totalReturn: 0, note: 'Sample' } }),
  ),
  route('GET', '/realtime/analytics/market-sentiment', () => ok({ data: sentiment(desk) })),

  route('GET', '/market/prices', ({ query }) => {
    const asked = query.get('symbols')?.split(',').map(assetOf) ?? TRADED;
    const prices = asked.flatMap((one) => (one === null ? [] : [quote(desk, one)]));
    return dated(desk, { prices });
  }),
  route('GET', '/market/charts/:symbol', ({ params, query }) => {
    const symbol = assetOf(params[0]);
    if (symbol === null) return failure(404, 'Symbol not found');
    const limit = Math.min(HOURS, Number.parseInt(query.get('limit') ?? '24', 10) || HOURS);
    // Hourly, whatever interval is asked for (sheet, section 4.5).
    return ok({
      symbol: pairOf(symbol),
      interval: query.get('interval') ?? '1h',
      data: candles(desk, symbol).slice(-limit),
    });
  }),
  route('GET', '/market/orderbook/:symbol', ({ params, query }) => {
    const symbol = assetOf(params[0]);
    if (symbol === null) return failure(404, 'Symbol not found');
    const depth = Math.min(50, Number.parseInt(query.get('depth') ?? '10', 10) || 10);
    const level = (side: number) => (_: unknown, index: number) => ({
      price: Number((desk.market.price(symbol) * (1 + side * 0.0002 * (index + 1))).toPrecision(7)),
      amount: index + 1,
    });
    const levels = Array.from({ length: depth });
    return dated(desk, {
      orderbook: { symbol: pairOf(symbol), bids: levels.map(level(-1)), asks: levels.map(level(1)) },
    });
  }),
  route('GET', '/market/sentiment', () => dated(desk, { sentiment: sentiment(desk) })),
  route('GET', '/market/stats', () =>
    dated(desk, { stats: { markets: TRADED.length, totalVolume24h: volume(desk) } }),
  ),
  route('GET', '/market/volume', () => dated(desk, { volume: { total24h: volume(desk) } })),
  // Says that a provider works where only its fallback answered (sheet, section 4.5).
  route('GET', '/market/status', () => ({
    status: 200,
    body: {
      status: 'OK',
      timestamp: now(desk),
      services: { coinMarketCap: false, cryptoCompare: false, coinAPI: true, fallback: true },
      priority: ['CoinMarketCap', 'CoinAPI', 'Fallback'],
    },
  })),
];

/** The community, the exchange behind the server, and analytics that need a model's key (sheet, section 4.5). */
export const outsideRoutes = (desk: CopyTrading): Route[] => [
  route('GET', '/community/leaderboard', () =>
    ok({
      leaderboard: desk.state.books
        .map((book) => traderWire(desk, book))
        .toSorted((a, b) => b.monthlyReturn - a.monthlyReturn)
        .map((trader, index) => ({ rank: index + 1, ...trader })),
    }),
  ),
  route('GET', '/community/feed', () => ok({ posts: [], total: 0 })),
  route('GET', '/community/insights', () => ok({ insights: [] })),
  route('GET', '/community/stats', () =>
    ok({
      stats: {
        totalTraders: PROFILES.length,
        activeToday: PROFILES.length,
        totalTrades24h: desk.state.books.reduce((sum, book) => sum + book.trades.length, 0),
        totalVolume24h: cents(desk.state.books.reduce((sum, book) => sum + book.volume, 0)),
      },
    }),
  ),
  ownRoute('POST', '/community/posts', () => failure(400, 'The practice desk keeps no posts')),

  route('GET', '/kana-labs/status', () => {
    const status = desk.upstream ? 'connected' : 'disconnected';
    if (!desk.upstream)
      return { status: 500, body: { status, error: 'The exchange did not answer', timestamp: now(desk) } };
    const marketInfo = marketInfoOf(TRADED[0] ?? '');
    return {
      status: 200,
      body: { status, timestamp: now(desk), defaultMarket: marketInfo.marketId, marketInfo },
    };
  }),
  route('GET', '/kana-labs/markets', () => passedOn(desk, () => TRADED.map(marketInfoOf))),
  route('GET', '/kana-labs/price/:id', ({ params }) => {
    const symbol = assetOf(params[0]);
    if (symbol === null) return failure(404, 'Market not found');
    return passedOn(desk, () => ({ marketId: marketIdOf(symbol), price: desk.market.price(symbol) }));
  }),
  route('GET', '/analytics/health', () => ({
    status: 200,
    body: { status: 'OK', timestamp: now(desk), model: false },
  })),
  ...['performance', 'insights', 'risk'].map((name) =>
    route('POST', `/analytics/${name}`, () => failure(500, 'No model key is set')),
  ),
];

const ALWAYS_REFUSED: readonly (readonly [string, string])[] = [
  ['GET', '/realtime/portfolio/live'],
  ['GET', '/realtime/positions/live'],
  ['GET', '/realtime/trades/live'],
  ['POST', '/realtime/subscribe/trader'],
  ['POST', '/realtime/unsubscribe/trader'],
  ['GET', '/realtime/subscriptions'],
];

const now = (desk: CopyTrading): string => iso(desk.clock.now());
const dated = (desk: CopyTrading, body: object): Answer => ok({ ...body, timestamp: now(desk) });

const passedOn = (desk: CopyTrading, answer: () => unknown): Answer =>
  desk.upstream
    ? dated(desk, { data: answer() })
    : { status: 500, body: { error: 'Upstream request failed', message: 'The exchange did not answer' } };

const quote = (desk: CopyTrading, symbol: string) => ({
  symbol: pairOf(symbol),
  ...quoteFigures(desk, symbol),
  timestamp: now(desk),
});

const volume = (desk: CopyTrading): number =>
  TRADED.reduce((sum, symbol) => sum + quoteFigures(desk, symbol).volume24h, 0);

function sentiment(desk: CopyTrading) {
  const byAsset = TRADED.map((symbol) => {
    const { change24h, volume24h } = quoteFigures(desk, symbol);
    return { symbol: pairOf(symbol), ...mood(change24h), volume24h };
  });
  const mean = byAsset.reduce((sum, one) => sum + one.score, 0) / byAsset.length;
  return { overall: { ...mood((mean - 0.5) * 20), score: cents(mean) }, byAsset };
}

/** Half is no change of the day; all is ten percent up. */
function mood(changePct: number) {
  const score = cents(Math.max(0, Math.min(1, 0.5 + changePct / 20)));
  const label = score > 0.6 ? 'bullish' : score < 0.4 ? 'bearish' : 'neutral';
  return { score, label, confidence: cents(Math.abs(score - 0.5) * 2) };
}

function candles(desk: CopyTrading, symbol: string) {
  const hours = new Map<
    number,
    { timestamp: number; open: number; high: number; low: number; close: number }
  >();
  for (const { atMs, prices } of desk.market.closes(desk.clock.now() - HOURS * HOUR_MS)) {
    const price = prices[symbol] ?? 0;
    const timestamp = Math.floor(atMs / HOUR_MS) * HOUR_MS;
    const known = hours.get(timestamp) ?? { timestamp, open: price, high: price, low: price, close: price };
    hours.set(timestamp, {
      ...known,
      high: Math.max(known.high, price),
      low: Math.min(known.low, price),
      close: price,
    });
  }
  return [...hours.values()];
}

const marketInfoOf = (symbol: string) => ({
  marketId: marketIdOf(symbol),
  baseAsset: symbol,
  quoteAsset: 'USDC',
  tickSize: 0.01,
  stepSize: 0.01,
  minOrderSize: 0.1,
  maxOrderSize: 10_000,
});

const HOURS = 24;
