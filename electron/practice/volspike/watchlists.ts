import { z } from 'zod';

import type { Accounts } from './accounts.ts';
import { userRoutes } from './bearer.ts';
import type { Volspike } from './context.ts';
import { nowIso } from './context.ts';
import type { Watchlist } from './documents.ts';
import type { Answer, Route } from './http-server.ts';
import { failure, ok } from './http-server.ts';
import { TIERS } from './tiers.ts';

/** Watch lists with the limits of the tier (sheet, 4.4). */
export function watchlistRoutes(desk: Volspike, accounts: Accounts): Route[] {
  const { state, unit } = desk;
  const own = userRoutes(accounts);

  function limits() {
    const { tier } = state.user;
    const { watchlists: watchlistLimit, symbols: symbolLimit } = TIERS[tier];
    const watchlistCount = state.watchlists.length;
    const symbolCount = symbolsUsed();
    return {
      tier,
      limits: { watchlistLimit, symbolLimit },
      usage: { watchlistCount, symbolCount },
      canCreateWatchlist: watchlistCount < watchlistLimit,
      canAddSymbol: symbolCount < symbolLimit,
      remainingWatchlists: Math.max(0, watchlistLimit - watchlistCount),
      remainingSymbols: Math.max(0, symbolLimit - symbolCount),
    };
  }

  /** A symbol on two lists counts once. */
  const symbolsUsed = (): number =>
    new Set(state.watchlists.flatMap(({ items }) => items.map(({ symbol }) => symbol))).size;

  const wire = ({ id, name, createdAt, items }: Watchlist) => ({
    id,
    userId: state.user.id,
    name,
    createdAt,
    items: items.map((item) => itemWire(id, item)),
  });

  const withList = (id: string | undefined, run: (list: Watchlist) => Answer): Answer => {
    const list = state.watchlists.find((one) => one.id === id);
    return list === undefined ? failure(404, 'Watchlist not found') : run(list);
  };

  function addSymbol(list: Watchlist, body: unknown): Answer {
    const parsed = symbolBody.safeParse(body);
    if (!parsed.success) return failure(400, 'Invalid symbol data', { details: parsed.error.issues });
    const { symbol } = parsed.data;
    const { symbols: limit } = TIERS[state.user.tier];
    if (list.items.some((item) => item.symbol === symbol))
      return failure(409, 'Duplicate symbol', {
        message: 'This symbol is already in this watchlist.',
        limit,
        current: 0,
        isDuplicate: true,
      });
    const current = symbolsUsed();
    const isNew = !state.watchlists.some(({ items }) => items.some((item) => item.symbol === symbol));
    if (isNew && current >= limit)
      return failure(403, 'Symbol limit reached', { message: `Your tier allows ${limit}.`, limit, current });
    const item = { id: desk.newId(), contractId: desk.newId(), symbol };
    unit.commit(() => list.items.push(item));
    return ok({ watchlistItem: itemWire(list.id, item), limits: limits() });
  }

  return [
    own('GET', '/api/watchlist', () => ok({ watchlists: state.watchlists.map(wire), limits: limits() })),
    own('POST', '/api/watchlist', ({ body }) => {
      const parsed = nameBody.safeParse(body);
      if (!parsed.success) return failure(400, 'Invalid watchlist data', { details: parsed.error.issues });
      const { watchlists: limit } = TIERS[state.user.tier];
      const current = state.watchlists.length;
      if (current >= limit)
        return failure(403, 'Watchlist limit reached', {
          message: `Your tier allows ${limit}.`,
          limit,
          current,
        });
      if (state.watchlists.some(({ name }) => name === parsed.data.name))
        return failure(409, 'Duplicate watchlist', {
          message: 'A watchlist of this name exists.',
          limit,
          current,
          isDuplicate: true,
        });
      const list: Watchlist = {
        id: desk.newId(),
        name: parsed.data.name,
        createdAt: nowIso(desk),
        items: [],
      };
      unit.commit(() => state.watchlists.push(list));
      return { status: 201, body: { watchlist: wire(list), limits: limits() } };
    }),
    own('GET', '/api/watchlist/limits', () => ok(limits())),
    own('GET', '/api/watchlist/:id', ({ params: [id] }) =>
      withList(id, (list) => ok({ watchlist: wire(list), limits: limits() })),
    ),
    own('PUT', '/api/watchlist/:id', ({ params: [id], body }) =>
      withList(id, (list) => {
        const parsed = nameBody.safeParse(body);
        if (!parsed.success) return failure(400, 'Invalid watchlist data', { details: parsed.error.issues });
        unit.commit(() => {
          list.name = parsed.data.name;
        });
        return ok({ watchlist: wire(list), limits: limits() });
      }),
    ),
    own('DELETE', '/api/watchlist/:id', ({ params: [id] }) =>
      withList(id, (list) => {
        unit.commit(() => state.watchlists.splice(state.watchlists.indexOf(list), 1));
        return ok({ success: true, limits: limits() });
      }),
    ),
    own('POST', '/api/watchlist/:id/symbols', ({ params: [id], body }) =>
      withList(id, (list) => addSymbol(list, body)),
    ),
    own('DELETE', '/api/watchlist/:id/symbols/:item', ({ params: [id, itemId] }) =>
      withList(id, (list) => {
        const item = list.items.find((one) => one.id === itemId || one.symbol === itemId);
        if (item === undefined) return failure(404, 'Symbol not found');
        unit.commit(() => list.items.splice(list.items.indexOf(item), 1));
        return ok({ success: true, limits: limits() });
      }),
    ),
  ];
}

const itemWire = (watchlistId: string, { id, contractId, symbol }: Watchlist['items'][number]) => ({
  id,
  watchlistId,
  contractId,
  contract: { symbol, isActive: true },
});

const nameBody = z.object({ name: z.string().trim().min(1).max(60) });
const symbolBody = z.object({ symbol: z.string().max(40).regex(/USDT$/) });
