import { Worker } from 'node:worker_threads';

import type { Clock } from '../../lib/clock.ts';
import type { Disposer } from '../../lib/disposables.ts';
import type { Logger } from '../../lib/logger.ts';
import type { FromWorker, ToWorker, WorkerStart } from './protocol.ts';

const FIRST_RESTART_MS = 250;
const LAST_RESTART_MS = 30_000;

export interface WorkerLinkOptions {
  url: URL;
  start(fresh: boolean): WorkerStart;
  clock: Clock;
  log: Logger;
  random: () => number;
  onMessage(message: FromWorker): void;
  /** The thread is gone, and everything it had not answered with it. It is started again by itself. */
  onDown(): void;
}

export interface WorkerLink {
  /** False while no thread runs. */
  post(message: ToWorker): boolean;
  /** Starts no further thread; the present one ends by itself after `close`, or at once when `terminate` is set. */
  stop(terminate: boolean): Promise<void>;
}

/** Keeps one worker thread running, started again after growing pauses with jitter, from the first message on afresh. */
export function superviseWorker(options: WorkerLinkOptions): WorkerLink {
  const { url, clock, log, random } = options;
  let worker: Worker | null = null;
  let stopped = false;
  let failures = 0;
  let cancelRestart: Disposer = () => undefined;
  let ended = Promise.resolve();

  function launch(fresh: boolean): void {
    const { promise, resolve }: PromiseWithResolvers<void> = Promise.withResolvers();
    ended = promise;
    const thread = new Worker(url, { workerData: options.start(fresh), name: 'journal' });
    worker = thread;
    thread.on('message', (message: FromWorker) => {
      // Only work done counts: a thread that opens the file and dies on the first write must still back off.
      if (message.kind === 'written' || message.kind === 'answer') failures = 0;
      options.onMessage(message);
    });
    thread.on('error', (error: unknown) => {
      log.error('journal worker failed', { error: error instanceof Error ? error.message : 'unknown' });
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
    log.warn('journal worker ended', { code, restartInMs: pauseMs });
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
