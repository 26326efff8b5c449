import { z } from 'zod';

import type { CopyTrading } from './context.ts';
import { iso } from './context.ts';
import { accountOf, addFollow, followsOf, removeFollow, signIn, traderNamed } from './members.ts';
import type { User } from './members.ts';
import type { Route } from './http-server.ts';
import { failure, ok, ownRoute, route } from './http-server.ts';
import { metricsWire, portfolioWire } from './portfolio.ts';
import { signToken } from './token.ts';
import { copyTradeWire, copyWire, traderTradeWire, traderWire } from './wire.ts';

/** Signing in, traders, following and the portfolio (sheet, sections 2, 4.1 and 4.2). */
export const memberRoutes = (desk: CopyTrading): Route[] => [
  route('POST', '/auth/login', ({ body }) => {
    const { walletAddress, signature } = body;
    if (!isText(walletAddress) || !isText(signature))
      return failure(400, 'Wallet address and signature are required');
    const nowMs = desk.clock.now();
    const user = signIn(desk.members, walletAddress, nowMs, desk.random);
    return ok({ token: signToken(user, desk.state.tokenSecret, nowMs), user: userWire(user) });
  }),
  route('POST', '/auth/logout', () => ok({ message: 'Signed out' })),
  ownRoute('GET', '/auth/profile', ({ owner }) => {
    const user = desk.members.users.get(owner.id);
    if (user === undefined) return failure(404, 'User not found');
    const { totalValue, activePositions } = portfolioWire(desk, owner);
    return ok({ user: { ...userWire(user), totalValue, activePositions } });
  }),
  ownRoute('PUT', '/auth/profile', ({ owner, body }) => {
    const user = desk.members.users.get(owner.id);
    if (user === undefined) return failure(404, 'User not found');
    user.preferences = { ...user.preferences, ...preferences.parse(body.preferences ?? {}) };
    return ok({ user: { ...userWire(user), isActive: true, preferences: user.preferences } });
  }),

  route('GET', '/traders', ({ query }) => {
    const riskLevel = query.get('riskLevel') ?? 'all';
    const minReturn = Number.parseInt(query.get('minReturn') ?? '', 10);
    const traders = tradersByReturn(desk).filter(
      (one) =>
        (riskLevel === 'all' || one.riskLevel === riskLevel) &&
        (Number.isNaN(minReturn) || one.monthlyReturn >= minReturn),
    );
    return ok({ traders, total: traders.length });
  }),
  route('GET', '/traders/top', ({ query }) =>
    ok({ traders: tradersByReturn(desk).slice(0, wholeOf(query.get('limit'), 10)) }),
  ),
  ownRoute('POST', '/traders/follow', ({ owner, body }) => {
    const { traderId, amount } = body;
    // An amount of 0 counts as missing.
    if (!isText(traderId) || typeof amount !== 'number' || !(amount > 0))
      return failure(400, 'Trader ID and amount are required');
    const trader = traderNamed(desk.members, traderId);
    if (trader === null) return failure(404, 'Trader not found');
    if (followsOf(desk.members, owner.id).some((one) => one.trader === trader))
      return failure(400, 'Already following this trader');
    const given = copySettings.parse(body.copySettings ?? {});
    accountOf(desk.members, owner.wallet, desk.clock.now());
    addFollow(desk.members, owner.id, owner.wallet, {
      trader,
      amount,
      settings: {
        maxTradeSize: given.maxTradeSize ?? amount / 10,
        stopLoss: given.stopLoss ?? 5,
        takeProfit: given.takeProfit ?? 20,
        maxDailyLoss: given.maxDailyLoss ?? null,
        diversificationLimit: given.diversificationLimit ?? null,
      },
      sinceMs: desk.clock.now(),
      stoppedAtMs: null,
    });
    return ok({ message: 'Successfully started following trader' });
  }),
  ownRoute('POST', '/traders/unfollow', ({ owner, body }) => {
    const trader = traderNamed(desk.members, body.traderId);
    return trader !== null && removeFollow(desk.members, owner.id, trader)
      ? ok({ message: 'Successfully stopped following trader' })
      : failure(404, 'Not following this trader');
  }),
  route('GET', '/traders/:id/trades', ({ params, query }) => {
    const wallet = traderNamed(desk.members, params[0]);
    const trades = desk.state.books.find((one) => one.wallet === wallet)?.trades ?? [];
    return ok({
      trades: page(trades, query).map((one) => traderTradeWire(desk, wallet ?? '', one)),
      total: trades.length,
    });
  }),
  route('GET', '/traders/:id', ({ params }) => {
    const wallet = traderNamed(desk.members, params[0]);
    const book = desk.state.books.find((one) => one.wallet === wallet);
    return book === undefined ? failure(404, 'Trader not found') : ok({ trader: traderWire(desk, book) });
  }),

  ownRoute('GET', '/portfolio', ({ owner }) => ok({ portfolio: portfolioWire(desk, owner) })),
  ownRoute('GET', '/portfolio/positions', ({ owner, query }) => {
    const account = accountOf(desk.members, owner.wallet, desk.clock.now());
    const all = query.get('status') === 'all' ? [...account.open, ...account.closed] : account.open;
    return ok({ positions: all.map((copy) => copyWire(desk, copy)), total: all.length });
  }),
  ownRoute('GET', '/portfolio/history', ({ owner, query }) => {
    const { trades } = accountOf(desk.members, owner.wallet, desk.clock.now());
    return ok({ trades: page(trades, query).map((one) => copyTradeWire(desk, one)), total: trades.length });
  }),
  ownRoute('GET', '/portfolio/metrics', ({ owner, query }) =>
    ok({ metrics: metricsWire(desk, owner), timeframe: query.get('timeframe') ?? '30d' }),
  ),
];

const userWire = ({ id, wallet, createdAtMs }: User) => ({
  id,
  walletAddress: wallet,
  createdAt: iso(createdAtMs),
});

const tradersByReturn = (desk: CopyTrading) =>
  desk.state.books
    .map((book) => traderWire(desk, book))
    .toSorted((a, b) => b.monthlyReturn - a.monthlyReturn);

/** Newest first. */
function page<T>(list: readonly T[], query: URLSearchParams): T[] {
  const offset = wholeOf(query.get('offset'), 0);
  return list.toReversed().slice(offset, offset + wholeOf(query.get('limit'), 50));
}

function wholeOf(text: string | null, otherwise: number): number {
  const value = Number.parseInt(text ?? '', 10);
  return Number.isNaN(value) || value < 0 ? otherwise : value;
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

/** Almost nothing is checked by the real server; what is no number counts as left out. */
const loose = z.number().optional().catch(undefined);
const copySettings = z
  .object({
    maxTradeSize: loose,
    stopLoss: loose,
    takeProfit: loose,
    maxDailyLoss: loose,
    diversificationLimit: loose,
  })
  .catch({});
const preferences = z
  .object({
    maxTradeAmount: loose,
    dailyLimit: loose,
    stopLossPercent: loose,
    riskTolerance: z.string().max(100).optional().catch(undefined),
    allowedTokens: z.array(z.string().max(100)).max(100).optional().catch(undefined),
  })
  .transform((given) => Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)))
  .catch({});
