import { z } from 'zod';

import { HOUR_MS, DAY_MS } from '#shared/time.ts';

import type { CopyTrading } from './context.ts';
import type { Copy, CopyAccount } from './copy-account.ts';
import { available, closeCopy, equity, openCopy } from './copy-account.ts';
import type { Answer, Route } from './http-server.ts';
import { ok, route } from './http-server.ts';
import { accountOf } from './members.ts';
import { assetOf, marketIdOf } from './pairs.ts';
import { pnlOf } from './strategy.ts';
import { cents, significant } from './trader-book.ts';
import { uuid } from './uuid.ts';
import { exchangePositionWire } from './wire.ts';

interface Hooks {
  onCopy(account: CopyAccount, copy: Copy): void;
}

/** Orders for whoever calls: no token is asked for (sheet, section 4.4). */
export const copyingRoutes = (desk: CopyTrading, hooks: Hooks): Route[] => [
  route('POST', '/copy-trading/execute', ({ body }) => execute(desk, hooks, body)),
  route('POST', '/copy-trading/subscribe', ({ body }) => echo(desk, body, 'subscribed')),
  route('POST', '/copy-trading/unsubscribe', ({ body }) => echo(desk, body, 'unsubscribed')),
  route('GET', '/copy-trading/positions/:wallet', ({ params }) =>
    passedOn(desk, () => {
      const wallet = params[0] ?? '';
      const positions = positionsOf(desk, wallet);
      return { walletAddress: wallet, positions, totalPositions: positions.length };
    }),
  ),
  route('GET', '/copy-trading/performance/:wallet', ({ params, query }) =>
    passedOn(desk, () => performanceOf(desk, params[0] ?? '', query.get('timeframe') ?? '24h')),
  ),
  route('GET', '/copy-trading/stats/:trader/:follower', ({ params }) =>
    passedOn(desk, () => {
      const [traderWallet = '', followerWallet = ''] = params;
      const account = desk.members.accounts.get(followerWallet);
      const copies = [...(account?.open ?? []), ...(account?.closed ?? [])].filter(
        (copy) => copy.trader === traderWallet,
      );
      return {
        traderWallet,
        followerWallet,
        stats: {
          totalCopiedTrades: copies.length,
          // Never worked out by the real server.
          successRate: 0,
          totalPnL: cents(copies.reduce((sum, copy) => sum + resultOf(desk, copy), 0)),
          averageExecutionDelay: 0,
        },
      };
    }),
  ),
  route('PUT', '/copy-trading/risk/:orderId', ({ params, body }) => {
    const orderId = params[0] ?? '';
    const copy = [...desk.members.accounts.values()]
      .flatMap(({ open }) => open)
      .find((one) => one.orderId === orderId);
    if (!desk.upstream || copy === undefined) return upstreamFailure;
    const { stopLoss, takeProfit } = risk.parse(body);
    if (stopLoss !== undefined) copy.stopLoss = stopLoss;
    if (takeProfit !== undefined) copy.takeProfit = takeProfit;
    const updatedParameters = [
      ...(stopLoss === undefined ? [] : [{ type: 'stop_loss', result: { ok: true } }]),
      ...(takeProfit === undefined ? [] : [{ type: 'take_profit', result: { ok: true } }]),
    ];
    return ok({ data: { orderId, updatedParameters, timestamp: desk.clock.now() } });
  }),
];

/** Places the order in the follower's practice account: it reduces what is held the other way, else it opens. */
function execute(desk: CopyTrading, hooks: Hooks, body: Record<string, unknown>): Answer {
  const parsed = order.safeParse(body);
  if (!parsed.success) return refused('Copy trade validation failed', missingOf(body));
  const { followerWallet, traderWallet, side, originalSize, copyRatio, riskParams } = parsed.data;
  const symbol = assetOf(parsed.data.marketId);
  if (!desk.upstream || symbol === null) return upstreamFailure;
  const nowMs = desk.clock.now();
  const account = accountOf(desk.members, followerWallet, nowMs);
  const price = desk.market.price(symbol);
  const quantity = significant(originalSize * copyRatio);
  const way = side === 'buy' ? 'long' : 'short';
  const orderId = uuid(desk.random);
  const against = account.open.find((copy) => copy.symbol === symbol && copy.side !== way);
  if (against !== undefined) {
    closeCopy(account, against, 'order', { id: uuid(desk.random), price, atMs: nowMs });
    hooks.onCopy(account, against);
  } else {
    if (!(quantity > 0) || quantity * price > available(account)) return refused('Insufficient balance');
    const copy = openCopy(
      account,
      {
        id: uuid(desk.random),
        orderId,
        trader: desk.members.traderIds.has(traderWallet) ? traderWallet : null,
        copies: null,
        symbol,
        side: way,
        quantity,
        stopLoss: riskParams?.stopLoss ?? null,
        takeProfit: riskParams?.takeProfit ?? null,
      },
      { id: uuid(desk.random), price, atMs: nowMs },
    );
    hooks.onCopy(account, copy);
  }
  return ok({ data: { orderId, marketId: marketIdOf(symbol), side, size: quantity, status: 'executed' } });
}

/** Positions at the exchange: a trader's, or those of a follower's practice account. */
function positionsOf(desk: CopyTrading, wallet: string) {
  const held =
    desk.state.books.find((one) => one.wallet === wallet)?.holdings ??
    desk.members.accounts.get(wallet)?.open ??
    [];
  return held.map((one) => exchangePositionWire(desk, one));
}

function performanceOf(desk: CopyTrading, wallet: string, timeframe: string): Record<string, unknown> {
  const sinceMs = desk.clock.now() - (TIMEFRAMES[timeframe] ?? DAY_MS);
  const book = desk.state.books.find((one) => one.wallet === wallet);
  const account = desk.members.accounts.get(wallet);
  const trades = (book?.trades ?? account?.trades ?? []).filter((one) => one.atMs >= sinceMs);
  const ended = trades.filter((one) => one.pnl !== 0);
  const price = (symbol: string): number => desk.market.price(symbol);
  return {
    walletAddress: wallet,
    balance: {
      availableBalance: account === undefined ? 0 : cents(available(account)),
      totalBalance: account === undefined ? 0 : cents(equity(account, price)),
    },
    performance: {
      totalPnL: cents(ended.reduce((sum, one) => sum + one.pnl, 0)),
      totalVolume: cents(trades.reduce((sum, one) => sum + one.quantity * one.price, 0)),
      winRate:
        ended.length === 0 ? 0 : cents((ended.filter(({ pnl }) => pnl > 0).length / ended.length) * 100),
      tradeCount: trades.length,
      timeframe,
    },
    positions: positionsOf(desk, wallet),
    recentTrades: trades
      .slice(-RECENT_TRADES)
      .toReversed()
      .map((one) => ({
        id: one.id,
        marketId: marketIdOf(one.symbol),
        side: one.side,
        size: one.quantity,
        price: one.price,
        timestamp: one.atMs,
        fee: 0,
        orderId: 'orderId' in one ? one.orderId : one.id,
      })),
  };
}

/** Stores nothing, whatever it says. */
function echo(desk: CopyTrading, body: Record<string, unknown>, status: string): Answer {
  const { traderWallet, followerWallet, copySettings } = body;
  return ok({ data: { traderWallet, followerWallet, copySettings, status, timestamp: desk.clock.now() } });
}

function passedOn(desk: CopyTrading, answer: () => Record<string, unknown>): Answer {
  return desk.upstream ? ok({ data: { ...answer(), timestamp: desk.clock.now() } }) : upstreamFailure;
}

const resultOf = (desk: CopyTrading, copy: Copy): number =>
  copy.closed?.pnl ?? pnlOf(copy, desk.market.price(copy.symbol));

const refused = (error: string, details?: string[]): Answer => ({
  status: 400,
  body: { success: false, error, ...(details === undefined ? {} : { details }) },
});

const upstreamFailure: Answer = {
  status: 500,
  body: { success: false, error: 'The exchange did not answer' },
};

const stop = z.number().positive();
const risk = z.object({
  stopLoss: stop.optional().catch(undefined),
  takeProfit: stop.optional().catch(undefined),
});
const order = z.object({
  traderWallet: z.string().min(1),
  followerWallet: z.string().min(1),
  marketId: z.string().min(1),
  side: z.enum(['buy', 'sell']),
  originalSize: z.number().positive(),
  copyRatio: z.number().min(0).max(10).default(1),
  riskParams: risk.optional().catch(undefined),
});

/** In the order and words of the recording. */
function missingOf(body: Record<string, unknown>): string[] {
  const { shape } = order;
  const checks: [z.ZodType, unknown, string][] = [
    [shape.traderWallet, body.traderWallet, 'Trader wallet address required'],
    [shape.followerWallet, body.followerWallet, 'Follower wallet address required'],
    [shape.marketId, body.marketId, 'Market ID required'],
    [shape.side, body.side, 'Valid side (buy/sell) required'],
    [shape.originalSize, body.originalSize, 'Valid size required'],
    [shape.copyRatio, body.copyRatio, 'Copy ratio must be between 0 and 10'],
  ];
  return checks.flatMap(([schema, value, words]) => (schema.safeParse(value).success ? [] : [words]));
}

const TIMEFRAMES: Record<string, number> = {
  '1h': HOUR_MS,
  '24h': DAY_MS,
  '7d': 7 * DAY_MS,
  '30d': 30 * DAY_MS,
};
const RECENT_TRADES = 10;
