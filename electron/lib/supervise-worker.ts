import { Worker } from 'node:worker_threads';

import type { Clock } from './clock.ts';
import type { Disposer } from './disposables.ts';
import type { Logger } from './logger.ts';

const FIRST_RESTART_MS = 250;
const LAST_RESTART_MS = 30_000;

export interface SupervisedWorkerOptions<FromWorker> {
  /** What the thread and its troubles are called in the log. */
  name: string;
  url: URL;
  /** What the thread is given; `fresh` is false after one that ended by itself. */
  start(fresh: boolean): unknown;
  clock: Clock;
  log: Logger;
  random: () => number;
  /** Only work done counts: a thread that opens its file and dies on the first write must still back off. */
  isWork(message: FromWorker): boolean;
  onMessage(message: FromWorker): void;
  /** The thread is gone, and everything it had not answered with it. It is started again by itself. */
  onDown(): void;
}

export interface SupervisedWorker<ToWorker> {
  /** False while no thread runs. */
  post(message: ToWorker): boolean;
  /** Starts no further thread; the present one ends by itself after its last message, or at once when `terminate` is set. */
  stop(terminate: boolean): Promise<void>;
}

/** Keeps one worker thread running, started again after growing pauses with jitter, from the first message on afresh. */
export function superviseWorker<ToWorker, FromWorker>(
  options: SupervisedWorkerOptions<FromWorker>,
): SupervisedWorker<ToWorker> {
  const { name, url, clock, log, random } = options;
  let worker: Worker | null = null;
  let stopped = false;
  let failures = 0;
  let cancelRestart: Disposer = () => undefined;
  let ended = Promise.resolve();

  function launch(fresh: boolean): void {
    const { promise, resolve }: PromiseWithResolvers<void> = Promise.withResolvers();
    ended = promise;
    const thread = new Worker(url, { workerData: options.start(fresh), name });
    worker = thread;
    thread.on('message', (message: FromWorker) => {
      if (options.isWork(message)) failures = 0;
      options.onMessage(message);
    });
    thread.on('error', (error: unknown) => {
      log.error(`${name} worker failed`, { error: error instanceof Error ? error.message : 'unknown' });
    });
    thread.on('exit', (code) => {
      worker = null;
      resolve();
      if (!stopped) down(code);
    });
  }

  function down(code: number): void {
    failures += 1;
    const plainMs = Math.min(LAST_RESTART_MS, FIRST_RESTART_MS * 2 ** (failures - 1));
    const pauseMs = Math.round(plainMs * (0.75 + random() / 2));
    log.warn(`${name} worker ended`, { code, restartInMs: pauseMs });
    cancelRestart = clock.after(pauseMs, () => launch(false));
    options.onDown();
  }

  launch(true);

  return {
    post(message) {
      if (worker === null) return false;
      worker.postMessage(message);
      return true;
    },
    async stop(terminate) {
      stopped = true;
      cancelRestart();
      if (terminate) await worker?.terminate();
      await ended;
    },
  };
}
