import type { Socket } from 'node:net';

import { z } from 'zod';

import { SECOND_MS } from '#shared/time.ts';

import type { PracticeProtocol, PracticeWorld } from '../protocol.ts';
import { controlAction } from '../protocol.ts';
import { createRandom, seedFor } from '../random.ts';
import type { CopyTrading } from './context.ts';
import { createCopying } from './copying.ts';
import { copyTradingState } from './documents.ts';
import { createHttpServer } from './http-server.ts';
import { createLive } from './live.ts';
import { SHOWN_TRADER } from './live-plain.ts';
import { emptyMembers, traderNamed } from './members.ts';
import { assetOf } from './pairs.ts';
import { PROFILES, walletOf } from './profiles.ts';
import { createPulse } from './pulse.ts';
import { createRequestWindow } from './request-window.ts';
import { copyingRoutes } from './routes-copying.ts';
import { marketRoutes, outsideRoutes } from './routes-market.ts';
import { memberRoutes } from './routes-members.ts';
import { seedCopyTrading } from './seed.ts';
import { readToken } from './token.ts';
import { startTraders } from './traders.ts';
import { positionUpdateWire } from './wire.ts';

/** Speaks the copy-trading server's protocol: traders who live on the practice market, and copies in practice money. */
export function createCopyTrading(world: PracticeWorld, saved: unknown): PracticeProtocol {
  const { clock, faults, log, speed, market, unit } = world;
  const random = createRandom(seedFor(clock.now(), 'copy-trading'));
  const kept = copyTradingState.safeParse(saved);
  if (!kept.success && saved !== undefined)
    log.warn('What the practice traders did before could not be read; they start anew');
  const desk: CopyTrading = {
    clock,
    market,
    faults,
    speed,
    random,
    state: kept.success ? kept.data : seedCopyTrading(market, clock.now(), random),
    members: emptyMembers(random),
    dialect: 'realtime',
    upstream: true,
    startedAtMs: clock.now(),
  };
  const window = createRequestWindow(clock);
  const connections = new Set<Socket>();
  let downUntilMs: number | null = null;
  let crashes = 0;

  const http = createHttpServer({
    clock,
    log,
    faults,
    window,
    readOwner: (token) => readToken(token, desk.state.tokenSecret, clock.now()),
    routes: [
      ...memberRoutes(desk),
      ...copyingRoutes(desk, { onCopy: (account, copy) => live.tellCopy(account, copy) }),
      ...marketRoutes(desk),
      ...outsideRoutes(desk),
    ],
  });
  http.server.on('connection', (socket) => {
    // A process that is down accepts nothing.
    if (downUntilMs !== null && clock.now() < downUntilMs) {
      socket.destroy();
      return;
    }
    connections.add(socket);
    socket.on('close', () => connections.delete(socket));
  });
  const live = createLive({ desk, server: http.server, crash });
  const copying = createCopying(
    desk,
    {
      onCopy: (account, copy) => live.tellCopy(account, copy),
      onNotice: (wallet, message) => live.tellNotice(wallet, message),
    },
    world,
  );
  const pulse = createPulse(desk, live);
  const traders = startTraders(
    desk,
    {
      log,
      onMove(wallet, move) {
        unit.touch();
        copying.follow(wallet, move);
        live.tellTrade(wallet, move);
        live.tellPerformance(wallet);
      },
      onTick(tick) {
        copying.watchStops();
        live.holdMute();
        pulse(tick);
      },
    },
    world,
  );

  function dropConnections(): void {
    for (const socket of connections) socket.destroy();
  }

  /** What a new process does not know: users, follows, copies, the counted requests and the ids of before. */
  function restart(): void {
    desk.members = emptyMembers(random);
    desk.startedAtMs = clock.now();
    window.reset();
    dropConnections();
  }

  /** The process goes; whoever watches it starts it again a moment later. */
  function crash(): void {
    crashes += 1;
    downUntilMs = clock.now() + DOWN_MS;
    restart();
  }

  function named(trader: string): string {
    const wallet =
      traderNamed(desk.members, trader) ??
      PROFILES.find(({ name, username }) => name === trader || username === trader)?.wallet;
    if (wallet === undefined) throw new Error(`No such trader: ${trader}`);
    return wallet;
  }

  function asset(text: string): string {
    const symbol = assetOf(text);
    if (symbol === null) throw new Error(`No such symbol: ${text}`);
    return symbol;
  }

  return {
    kind: 'copy-trading',
    server: http.server,
    backend: (port) => ({
      kind: 'copy-trading',
      address: `http://127.0.0.1:${port}`,
      secrets: {},
      options: { wallet: PRACTICE_WALLET },
    }),
    setQuiet(quiet) {
      traders.setQuiet(quiet);
      copying.setQuiet(quiet);
    },
    dropConnections,
    resumeRequests: () => http.resume(),
    actions: [
      controlAction('copy-trade', tradeBody, ({ trader, side, symbol, amount }) => {
        const { trade } = traders.trade(named(trader), side, asset(symbol), amount);
        return { trade };
      }),
      controlAction('copy-missed-exit', z.object({ symbol: z.string().optional() }), ({ symbol }) =>
        copying.missNextExit(symbol === undefined ? null : asset(symbol)),
      ),
      controlAction('copy-dialect', dialectBody, ({ dialect }) => {
        desk.dialect = dialect;
        dropConnections();
      }),
      controlAction('copy-upstream', z.object({ up: z.boolean() }), ({ up }) => {
        desk.upstream = up;
      }),
      controlAction('copy-restart', z.object({}), restart),
      controlAction('copy-tell', tellBody, ({ event, payload }) => live.tell(event, payload)),
    ],
    truth: () => ({
      copyTrading: {
        dialect: desk.dialect,
        upstream: desk.upstream,
        clients: live.count(),
        users: desk.members.users.size,
        follows: [...desk.members.follows.values()].flatMap(({ wallet, list }) =>
          list.map((follow) => ({ wallet, trader: follow.trader, amount: follow.amount })),
        ),
        positions: [...desk.members.accounts.values()].flatMap((account) =>
          account.open.map((copy) => ({
            ...positionUpdateWire(desk, account.wallet, copy),
            trader: copy.trader,
          })),
        ),
        requests: window.counted(),
        refusedRequests: window.refused(),
        crashes,
        shownTrader: SHOWN_TRADER,
      },
    }),
    saved: () => desk.state,
    dispose() {
      traders.dispose();
      live.dispose();
      dropConnections();
      http.resume();
    },
  };
}

const PRACTICE_WALLET = walletOf('practice-follower');
const DOWN_MS = 3 * SECOND_MS;

const tradeBody = z.object({
  trader: z.string(),
  side: z.enum(['buy', 'sell']),
  symbol: z.string(),
  amount: z.number().positive(),
});
const dialectBody = z.object({ dialect: z.enum(['plain', 'realtime']) });
const tellBody = z.object({ event: z.string(), payload: z.unknown() });
