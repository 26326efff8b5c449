import type { Server } from 'node:http';

import { SECOND_MS } from '#shared/time.ts';

import type { Clock } from '../lib/clock.ts';
import { createScaledClock } from '../lib/clock.ts';
import type { Disposer } from '../lib/disposables.ts';
import { Disposables } from '../lib/disposables.ts';
import type { Logger } from '../lib/logger.ts';
import { silentLogger } from '../lib/logger.ts';
import { FILLED } from './account.ts';
import type { Coinruler } from './coinruler/context.ts';
import { createHttpServer } from './coinruler/http-server.ts';
import { createLiveStreams } from './coinruler/live.ts';
import { createRateLimit } from './coinruler/rate-limit.ts';
import { createRoutes } from './coinruler/routes.ts';
import { startSchedule } from './coinruler/schedule.ts';
import { createControlServer } from './control/control-server.ts';
import { startScript } from './control/script.ts';
import { createFaults } from './faults.ts';
import { close, listen } from './listen.ts';
import { createHubServer } from './market-hub/hub-server.ts';
import { startPublisher } from './market-hub/publisher.ts';
import type { PracticeOptions, PracticeReady } from './port.ts';
import type { PracticeState } from './practice-state.ts';
import { createPracticeState, practiceState, wake } from './practice-state.ts';
import { createStateFile } from './state-file.ts';
import { createUnitOfWork } from './unit-of-work.ts';

/** A practice desk that runs. */
export interface Practice {
  ready: PracticeReady;
  /** What it works on, for tests in the same process. */
  desk: Coinruler;
  /** Saves and closes. */
  stop(): Promise<void>;
  /** Stops as a killed process does: nothing more is saved, connections break. */
  kill(): Promise<void>;
}

/** Starts a practice desk on a clock that runs like the desk's. Rejects when a port is taken. */
export const startPractice = (options: PracticeOptions, log: Logger = silentLogger): Promise<Practice> =>
  startPracticeOn(createScaledClock(options.clock), options, log);

/** The same on any clock. */
export async function startPracticeOn(
  clock: Clock,
  options: PracticeOptions,
  log: Logger = silentLogger,
): Promise<Practice> {
  const stateFile = createStateFile<PracticeState>(practiceState, current, {
    path: options.stateFile,
    clock,
    log,
    // About a second of the machine, also on a clock that runs faster: it spares the disk, not the market.
    delayMs: SECOND_MS * options.clock.factor,
  });
  const saved = stateFile.load() ?? createPracticeState(options.seed, clock.now(), options.quiet ?? false);
  const world = wake(saved);
  const unit = createUnitOfWork(stateFile);
  const desk: Coinruler = { clock, log, state: saved.coinruler, unit, ...world };

  /** What is saved: the documents as they are, and the moving parts as they stand now. */
  function current(): PracticeState {
    const { market, account, random, ids } = world;
    return {
      ...saved,
      ids: ids.state(),
      random: random.state(),
      market: market.state(),
      account: account.state(),
    };
  }

  const faults = createFaults();
  const rateLimit = createRateLimit(clock);
  const live = createLiveStreams(clock, faults);
  const requests = new Map<string, number>();
  let port = 0;
  const http = createHttpServer({
    routes: createRoutes({ desk, live, faults, port: () => port }),
    ownerId: () => desk.state.ownerId,
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
  const servers: Server[] = [http.server];
  port = await listen(http.server, options.ports.coinruler);
  const hub = createHubServer({ clock, log, faults });

  const schedule = startSchedule(desk, { quiet: saved.quiet });
  let stopScript = resumeScript();
  const running = new Disposables();
  running.add(() => live.dispose());
  running.add(unit.onHappening((type, data) => type !== FILLED && live.tell(type, data)));
  running.add(schedule.dispose);
  running.add(() => hub.dispose());
  // After the schedule, which moves the prices on: both tick once a second.
  const publisher = startPublisher(hub, { clock, log, unit, ...world }, { quiet: saved.quiet });
  running.add(() => publisher.dispose());
  running.add(() => stopScript?.());

  function resumeScript(): Disposer | null {
    return saved.script === null ? null : startScript(desk, saved.script);
  }

  async function end(): Promise<void> {
    running.dispose();
    http.resume();
    await Promise.all(servers.map(close));
  }

  async function openControl(wanted: number): Promise<number> {
    const server = createControlServer({
      desk,
      faults,
      live,
      hub,
      rateLimit,
      requests,
      saved,
      setQuiet(quiet) {
        unit.commit(() => {
          saved.quiet = quiet;
        });
        schedule.setQuiet(quiet);
        publisher.setQuiet(quiet);
      },
      setBotRunning: (value) => schedule.setBotRunning(value),
      resumeRequests: () => http.resume(),
      dropConnections() {
        http.server.closeAllConnections();
        hub.dropConnections();
      },
      startScript(script) {
        stopScript?.();
        unit.commit(() => {
          saved.script = script;
        });
        stopScript = resumeScript();
      },
    });
    servers.push(server);
    return listen(server, wanted);
  }

  function openHub(wanted: number): Promise<number> {
    servers.push(hub.server);
    return listen(hub.server, wanted);
  }

  try {
    const hubPort = await openHub(options.ports.marketHub);
    const controlPort = options.ports.control === null ? null : await openControl(options.ports.control);
    stateFile.saveNow();
    return {
      ready: {
        kind: 'ready',
        coinruler: { address: `http://127.0.0.1:${port}`, ownerId: desk.state.ownerId },
        marketHub: { address: `ws://127.0.0.1:${hubPort}` },
        controlAddress: controlPort === null ? null : `http://127.0.0.1:${controlPort}`,
      },
      desk,
      async stop() {
        stateFile.saveNow();
        stateFile.close();
        await end();
      },
      async kill() {
        stateFile.abandon();
        await end();
      },
    };
  } catch (error) {
    await end();
    throw error;
  }
}

const MAX_COUNTED_PATHS = 500;
