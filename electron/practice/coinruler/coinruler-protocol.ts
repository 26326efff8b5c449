import type { PracticeProtocol, PracticeWorld } from '../protocol.ts';
import type { Coinruler } from './context.ts';
import type { CoinrulerState } from './documents.ts';
import { FILLED } from '../account.ts';
import { Disposables } from '../../lib/disposables.ts';
import { createHttpServer } from './http-server.ts';
import type { LiveStreams } from './live.ts';
import { createLiveStreams } from './live.ts';
import type { RateLimit } from './rate-limit.ts';
import { createRateLimit } from './rate-limit.ts';
import { createRoutes } from './routes.ts';
import { startSchedule } from './schedule.ts';

/** CoinRuler with the bot that trades the account, and what tests reach of it. */
export interface CoinrulerProtocol extends PracticeProtocol {
  desk: Coinruler;
  live: LiveStreams;
  rateLimit: RateLimit;
  /** Requests that reached a route, by method and path with ids written as `:id`. */
  requests: ReadonlyMap<string, number>;
  setBotRunning(running: boolean): void;
}

/** Speaks CoinRuler's protocol over the practice account. Moves the market on by the clock, for all protocols. */
export function createCoinruler(world: PracticeWorld, state: CoinrulerState): CoinrulerProtocol {
  const { clock, log, faults, unit } = world;
  const desk: Coinruler = { ...world, state };
  const rateLimit = createRateLimit(clock);
  const live = createLiveStreams(clock, faults);
  const requests = new Map<string, number>();
  let listeningOn = 0;
  const http = createHttpServer({
    routes: createRoutes({ desk, live, faults, port: () => listeningOn }),
    ownerId: () => state.ownerId,
    clock,
    log,
    faults,
    rateLimit,
    onRequest(method, path) {
      const key = `${method} ${path.replace(/[0-9a-f]{24}/gi, ':id')}`;
      if (requests.has(key) || requests.size < MAX_COUNTED_PATHS)
        requests.set(key, (requests.get(key) ?? 0) + 1);
    },
  });
  const schedule = startSchedule(desk, { quiet: world.quiet });
  const running = new Disposables();
  running.add(() => live.dispose());
  running.add(unit.onHappening((type, data) => type !== FILLED && live.tell(type, data)));
  running.add(schedule.dispose);

  return {
    kind: 'coinruler',
    server: http.server,
    desk,
    live,
    rateLimit,
    requests,
    backend(port) {
      listeningOn = port;
      return {
        kind: 'coinruler',
        address: `http://127.0.0.1:${port}`,
        secrets: { ownerId: state.ownerId },
      };
    },
    setQuiet: (quiet) => schedule.setQuiet(quiet),
    setBotRunning: (value) => schedule.setBotRunning(value),
    dropConnections: () => http.server.closeAllConnections(),
    resumeRequests: () => http.resume(),
    actions: [],
    truth: () => ({}),
    saved: () => null,
    dispose() {
      running.dispose();
      http.resume();
    },
  };
}

const MAX_COUNTED_PATHS = 500;
