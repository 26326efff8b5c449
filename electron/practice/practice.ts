import type { Server } from 'node:http';

import { SECOND_MS } from '#shared/time.ts';

import type { Clock } from '../lib/clock.ts';
import { createScaledClock } from '../lib/clock.ts';
import type { Disposer } from '../lib/disposables.ts';
import type { Logger } from '../lib/logger.ts';
import { silentLogger } from '../lib/logger.ts';
import { createAiTrader } from './ai-trader/ai-trader-protocol.ts';
import { createCoinruler } from './coinruler/coinruler-protocol.ts';
import type { Coinruler } from './coinruler/context.ts';
import { createControlServer } from './control/control-server.ts';
import { startScript } from './control/script.ts';
import { createCopyTrading } from './copy-trading/copy-trading-protocol.ts';
import { createFaults } from './faults.ts';
import { close, listen } from './listen.ts';
import { createMarketHub } from './market-hub/market-hub-protocol.ts';
import type { PracticeOptions, PracticeReady } from './port.ts';
import type { PracticeState } from './practice-state.ts';
import { createPracticeState, practiceState, wake } from './practice-state.ts';
import type { PracticeProtocol, PracticeWorld } from './protocol.ts';
import { createStateFile, gatherSaves } from './state-file.ts';
import { createUnitOfWork } from './unit-of-work.ts';
import { createVolspike } from './volspike/volspike-protocol.ts';

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
  const unit = createUnitOfWork(options.gatherSaves === true ? gatherSaves(stateFile) : stateFile);
  const faults = createFaults();
  const world: PracticeWorld = {
    clock,
    log,
    unit,
    faults,
    quiet: saved.quiet,
    speed: options.clock.factor,
    ...wake(saved),
  };

  // The first moves the prices on; those after it tick in the same second and see them moved.
  const coinruler = createCoinruler(world, saved.coinruler);
  const protocols: PracticeProtocol[] = [
    coinruler,
    createMarketHub(world),
    createVolspike(world, saved.protocols.volspike),
    createAiTrader(world, saved.protocols['ai-trader']),
    createCopyTrading(world, saved.protocols['copy-trading']),
  ];
  const servers: Server[] = [];
  let stopScript = resumeScript();

  /** What is saved: the documents as they are, and the moving parts as they stand now. */
  function current(): PracticeState {
    const { market, account, random, ids } = world;
    return {
      ...saved,
      ids: ids.state(),
      random: random.state(),
      market: market.state(),
      account: account.state(),
      protocols: Object.fromEntries(protocols.map(({ kind, saved: keep }) => [kind, keep()])),
    };
  }

  function resumeScript(): Disposer | null {
    return saved.script === null ? null : startScript(coinruler.desk, saved.script);
  }

  async function end(): Promise<void> {
    stopScript?.();
    for (const protocol of protocols) protocol.dispose();
    await Promise.all(servers.map(close));
  }

  function open(server: Server, port: number): Promise<number> {
    servers.push(server);
    return listen(server, port);
  }

  const control = (): Server =>
    createControlServer({
      coinruler,
      protocols,
      faults,
      saved,
      setQuiet(quiet) {
        unit.commit(() => {
          saved.quiet = quiet;
        });
        for (const protocol of protocols) protocol.setQuiet(quiet);
      },
      startScript(script) {
        stopScript?.();
        unit.commit(() => {
          saved.script = script;
        });
        stopScript = resumeScript();
      },
    });

  try {
    const backends = [];
    for (const protocol of protocols) {
      backends.push(protocol.backend(await open(protocol.server, options.ports[protocol.kind] ?? 0)));
    }
    const { controlPort } = options;
    const controlAddress =
      controlPort === null ? null : `http://127.0.0.1:${await open(control(), controlPort)}`;
    stateFile.saveNow();
    return {
      ready: { kind: 'ready', backends, controlAddress },
      desk: coinruler.desk,
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
