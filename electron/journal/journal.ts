import type { Retention } from '#shared/domain/journal/journal.ts';

import type { Clock } from '../lib/clock.ts';
import type { Disposer } from '../lib/disposables.ts';
import type { Logger } from '../lib/logger.ts';
import { superviseWorker } from '../lib/supervise-worker.ts';
import { createExports } from './queue/exports.ts';
import { createHealthBoard } from './queue/health-board.ts';
import { candleOperation, entryOperation, equityOperation, memoryOperation } from './queue/operation.ts';
import type { JournalPort } from './port.ts';
import { createPriceMinutes } from './queue/price-minutes.ts';
import type { FromWorker, ReadCall, ReadValues, ToWorker, WorkerStart } from './queue/protocol.ts';
import { createPruningTurns } from './queue/pruning-turns.ts';
import { createReads } from './queue/reads.ts';
import { createWriting } from './queue/writing.ts';

export interface JournalOptions {
  /** The SQLite file; its folder is made where it is missing. */
  file: string;
  /** `worker.ts`, or what it was bundled into. */
  workerUrl: URL;
  clock: Clock;
  log: Logger;
  /** Between 0 and 1; for jitter and for the name of this session. */
  random: () => number;
  /** What is kept from the start on; without it everything is. */
  retention?: Retention;
}

/** Prices are gathered longer than other records, since many of them become one candle. A crash loses at most these. */
const GATHER_PRICES_MS = 1_000;
const OPENING_MS = 5_000;
const CLOSING_MS = 5_000;

/**
 * Opens the journal. Never rejects on account of the file: whatever is wrong with it is put right, worked around or
 * shown in `health`, and the desk runs on (D6). Resolves when the file has been opened or refused, or after 5 s.
 */
export async function startJournal(options: JournalOptions): Promise<JournalPort> {
  const { file, clock, log, random } = options;
  const session = sessionName(random);
  const prices = createPriceMinutes();
  const health = createHealthBoard(clock, log);
  const opened: PromiseWithResolvers<void> = Promise.withResolvers();

  let up = false;
  let closing = false;
  let cancelPrices: Disposer | null = null;

  const pruning = createPruningTurns(options.retention ?? null, {
    clock,
    prune(retention) {
      if (up) link.post({ kind: 'prune', retention, nowMs: clock.now() });
    },
  });
  const writing = createWriting({
    clock,
    random,
    isUp: () => up,
    send: (batch) => void link.post({ kind: 'write', batch, nowMs: clock.now() }),
    onFull() {
      if (health.get().state === 'ok') log.warn('journal cannot keep up');
    },
  });
  const reads = createReads((id, call) => up && link.post({ kind: 'read', id, call, nowMs: clock.now() }));
  const exports = createExports((message) => up && link.post(message));
  const link = superviseWorker<ToWorker, FromWorker>({
    name: 'journal',
    url: options.workerUrl,
    start: (fresh): WorkerStart => ({ file, session, fresh, nowMs: clock.now() }),
    clock,
    log,
    random,
    isWork: ({ kind }) => kind === 'written' || kind === 'answer',
    onMessage: receive,
    onDown() {
      up = false;
      reads.interrupted();
      exports.interrupted();
      const words = 'The part of Quarterdeck that writes the journal stopped and is being started again.';
      writing.interrupted(words);
      health.set({ ...health.get(), state: 'restarting', trouble: words });
      opened.resolve();
    },
  });

  function receive(message: FromWorker): void {
    switch (message.kind) {
      case 'opened':
        up = true;
        health.set(message.health);
        opened.resolve();
        reads.resume();
        writing.flush();
        break;
      case 'written':
        written(message);
        break;
      case 'refused':
        refused(message);
        break;
      case 'health':
        health.set(message.health);
        break;
      case 'answer':
        reads.answered(message.id, message.result);
        break;
      case 'failed-answer':
        reads.failed(message.id, message.message);
        break;
      case 'export-progress':
        exports.progress(message.id, message.entries);
        break;
      case 'export-done':
        exports.done(message.id, message.value);
        break;
      case 'export-failed':
        exports.failed(message.id, message.message);
        break;
      case 'closed':
        break;
    }
  }

  function written(message: Extract<FromWorker, { kind: 'written' }>): void {
    if (message.spoiled > 0) log.error('journal records were not accepted', { count: message.spoiled });
    health.set(message.health);
    pruning.grownTo(health.get().sizeBytes);
    writing.written(message.upTo);
  }

  function refused(message: Extract<FromWorker, { kind: 'refused' }>): void {
    const words = message.health.trouble ?? 'The journal cannot be written.';
    health.set({ ...message.health, trouble: `${words} ${writing.size()} entries wait in memory.` });
    writing.refused(words);
  }

  function queuePrices(): void {
    cancelPrices?.();
    cancelPrices = null;
    for (const candle of prices.take()) writing.add((number) => candleOperation(candle, number));
  }

  /** Asks the worker. What it answers is of the kind asked for, or a fault of ours. */
  async function ask<Name extends keyof ReadValues>(call: ReadCall, name: Name): Promise<ReadValues[Name]> {
    if (closing) throw new Error('The journal is closed.');
    const result: { name: keyof ReadValues; value: unknown } = await reads.ask(call);
    if (!isOf(result, name)) throw new Error('The journal answered another question.');
    return result.value;
  }

  const cancelOpening = clock.after(OPENING_MS, () => opened.resolve());
  await opened.promise;
  cancelOpening();

  return {
    append(record) {
      if (!closing) writing.add((number) => entryOperation(record, number, clock.now()));
    },
    appendDurably: (record, timeoutMs) =>
      writing.addDurably((number) => entryOperation(record, number, clock.now()), timeoutMs),
    search: (query) => ask({ name: 'search', query }, 'search'),
    verify: () => ask({ name: 'verify' }, 'verify'),
    export: (order, handlers) =>
      closing ? Promise.reject(new Error('The journal is closed.')) : exports.start(order, handlers),
    setRetention: pruning.setRetention,
    retentionPreview: (wanted) => ask({ name: 'retention', retention: wanted }, 'retention'),
    headBefore: (beforeMs) => ask({ name: 'head', beforeMs }, 'head'),
    recordEquity(point) {
      if (!closing) writing.add((number) => equityOperation(point, number));
    },
    recordPrice(price) {
      if (closing) return;
      if (prices.add(price)) queuePrices();
      else cancelPrices ??= clock.after(GATHER_PRICES_MS, queuePrices);
    },
    candles(range) {
      queuePrices();
      // Ahead of the question, so that the answer knows them unless a batch is on its way already.
      writing.flush();
      return ask({ name: 'candles', range }, 'candles');
    },
    equityAt(timesMs) {
      writing.flush();
      return ask({ name: 'equity-at', timesMs }, 'equity');
    },
    equity: (range) => ask({ name: 'equity', range }, 'equity'),
    async remember(key, value, timeoutMs) {
      await writing.addDurably((number) => memoryOperation(key, value, number), timeoutMs);
    },
    async recall(key) {
      // What could not be written yet is still what was remembered last.
      const text = writing.pendingMemory(key) ?? (await ask({ name: 'recall', key }, 'recall'));
      const value: unknown = text === null ? null : JSON.parse(text);
      return value;
    },
    onHealth: (listener) => health.onChange(listener),
    health: () => health.get(),
    async close() {
      if (closing) return;
      queuePrices();
      pruning.stop();
      closing = true;
      await writing.finish();
      if (writing.size() > 0) log.error('journal closed with entries unwritten', { count: writing.size() });
      health.dispose();
      reads.closed();
      exports.interrupted();
      writing.stop('The journal is closed.');
      const asked = link.post({ kind: 'close' });
      const cancel = clock.after(CLOSING_MS, () => void link.stop(true));
      await link.stop(!asked);
      cancel();
    },
  };
}

function sessionName(random: () => number): string {
  return Array.from({ length: 24 }, () => Math.floor(random() * 16).toString(16)).join('');
}

const isOf = <Name extends keyof ReadValues>(
  result: { name: keyof ReadValues; value: unknown },
  name: Name,
): result is { name: Name; value: ReadValues[Name] } => result.name === name;
