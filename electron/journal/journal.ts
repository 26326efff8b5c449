import type { Retention } from '#shared/domain/journal/journal.ts';

import type { Clock } from '../lib/clock.ts';
import type { Disposer } from '../lib/disposables.ts';
import type { Logger } from '../lib/logger.ts';
import { superviseWorker } from '../lib/supervise-worker.ts';
import { createExports } from './queue/exports.ts';
import { createHealthBoard } from './queue/health-board.ts';
import { candleOperation, entryOperation, equityOperation, memoryOperation } from './queue/operation.ts';
import { createOutbox, type Settled } from './queue/outbox.ts';
import type { JournalPort, JournalRecord } from './port.ts';
import { createPriceMinutes } from './queue/price-minutes.ts';
import type { FromWorker, Operation, ReadCall, ReadValues, ToWorker, WorkerStart } from './queue/protocol.ts';
import { createPruningTurns } from './queue/pruning-turns.ts';
import { createReads } from './queue/reads.ts';

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

/** Appends wait so long for company: one transaction for a burst, and at most this much is lost in a crash. */
const GATHER_MS = 100;
/** Prices are gathered longer, since many of them become one candle. A crash loses at most these. */
const GATHER_PRICES_MS = 1_000;
const BATCH = 1_000;
const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 60_000;
const OPENING_MS = 5_000;
const CLOSING_MS = 5_000;

/**
 * Opens the journal. Never rejects on account of the file: whatever is wrong with it is put right, worked around or
 * shown in `health`, and the desk runs on (D6). Resolves when the file has been opened or refused, or after 5 s.
 */
export async function startJournal(options: JournalOptions): Promise<JournalPort> {
  const { file, clock, log, random } = options;
  const session = sessionName(random);
  const outbox = createOutbox();
  const prices = createPriceMinutes();
  const health = createHealthBoard(clock, log);
  const opened: PromiseWithResolvers<void> = Promise.withResolvers();
  const idle = new Set<() => void>();

  let up = false;
  let closing = false;
  let isSent = false;
  let refusals = 0;
  let cancelFlush: Disposer | null = null;
  let cancelPrices: Disposer | null = null;

  const pruning = createPruningTurns(options.retention ?? null, {
    clock,
    prune(retention) {
      if (up) link.post({ kind: 'prune', retention, nowMs: clock.now() });
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
      isSent = false;
      reads.interrupted();
      exports.interrupted();
      const words = 'The part of Quarterdeck that writes the journal stopped and is being started again.';
      outbox.refuse(words);
      health.set({ ...health.get(), state: 'restarting', trouble: words });
      opened.resolve();
      tellIdle();
    },
  });

  function receive(message: FromWorker): void {
    switch (message.kind) {
      case 'opened':
        up = true;
        health.set(message.health);
        opened.resolve();
        reads.resume();
        flush();
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
    isSent = false;
    refusals = 0;
    if (message.spoiled > 0) log.error('journal records were not accepted', { count: message.spoiled });
    outbox.acknowledge(message.upTo);
    health.set(message.health);
    pruning.grownTo(health.get().sizeBytes);
    reportLost();
    if (outbox.size() >= BATCH || outbox.urgent() || closing) flush();
    else if (outbox.size() > 0) flushAfter(GATHER_MS);
    tellIdle();
  }

  function refused(message: Extract<FromWorker, { kind: 'refused' }>): void {
    const words = message.health.trouble ?? 'The journal cannot be written.';
    isSent = false;
    refusals += 1;
    outbox.refuse(words);
    health.set({ ...message.health, trouble: `${words} ${outbox.size()} entries wait in memory.` });
    flushAfter(retryDelayMs(refusals, random));
    tellIdle();
  }

  /** Sends the next batch unless one is on its way; its answer sends the one after. */
  function flush(): void {
    cancelFlush?.();
    cancelFlush = null;
    if (!up || isSent || outbox.size() === 0) return;
    isSent = true;
    link.post({ kind: 'write', batch: outbox.peek(BATCH), nowMs: clock.now() });
  }

  function flushAfter(delayMs: number): void {
    cancelFlush ??= clock.after(delayMs, flush);
  }

  function queue(make: (number: number) => Operation): void {
    if (outbox.add(make) === null && health.get().state === 'ok') log.warn('journal cannot keep up');
    if (refusals > 0) flushAfter(FIRST_RETRY_MS);
    else if (outbox.size() >= BATCH) flush();
    else flushAfter(GATHER_MS);
  }

  function queuePrices(): void {
    cancelPrices?.();
    cancelPrices = null;
    for (const candle of prices.take()) queue((number) => candleOperation(candle, number));
  }

  /** Resolves when the operation is synced; rejects when it is refused or late. Either way it stays queued until written. */
  function queueDurably(make: (number: number) => Operation, timeoutMs: number): Promise<void> {
    if (closing) return Promise.reject(new Error('The journal is closed.'));
    const { promise, resolve, reject }: PromiseWithResolvers<void> = Promise.withResolvers();
    const cancel = clock.after(timeoutMs, () =>
      reject(new Error('The disk did not take the entry in time.')),
    );
    const settled: Settled = {
      written: () => resolve(),
      failed: (words) => reject(new Error(words)),
    };
    outbox.add(make, settled);
    flush();
    return promise.finally(cancel);
  }

  /** What did not fit is at least counted, in the journal itself, as soon as it can be written again. */
  function reportLost(): void {
    const count = outbox.takeLost();
    if (count === 0) return;
    const summary = `${count} entries were lost while the journal could not be written.`;
    append({
      atMs: clock.now(),
      kind: 'system',
      backendId: null,
      summary,
      data: { event: 'entries-lost', count },
    });
  }

  function append(record: JournalRecord): void {
    queue((number) => entryOperation(record, number, clock.now()));
  }

  /** Asks the worker. What it answers is of the kind asked for, or a fault of ours. */
  async function ask<Name extends keyof ReadValues>(call: ReadCall, name: Name): Promise<ReadValues[Name]> {
    if (closing) throw new Error('The journal is closed.');
    const result: { name: keyof ReadValues; value: unknown } = await reads.ask(call);
    if (!isOf(result, name)) throw new Error('The journal answered another question.');
    return result.value;
  }

  function tellIdle(): void {
    for (const run of [...idle]) run();
  }

  /** One last attempt: resolves when nothing is queued, or the file refuses, or it takes too long. */
  function drained(): Promise<void> {
    const { promise, resolve }: PromiseWithResolvers<void> = Promise.withResolvers();
    const check = (): void => {
      if (outbox.size() === 0 || refusals > 0) resolve();
    };
    const cancel = clock.after(CLOSING_MS, resolve);
    idle.add(check);
    refusals = 0;
    flush();
    check();
    return promise.finally(() => {
      cancel();
      idle.delete(check);
    });
  }

  const cancelOpening = clock.after(OPENING_MS, () => opened.resolve());
  await opened.promise;
  cancelOpening();

  return {
    append(record) {
      if (!closing) append(record);
    },
    appendDurably: (record, timeoutMs) =>
      queueDurably((number) => entryOperation(record, number, clock.now()), timeoutMs),
    search: (query) => ask({ name: 'search', query }, 'search'),
    verify: () => ask({ name: 'verify' }, 'verify'),
    export: (order, handlers) =>
      closing ? Promise.reject(new Error('The journal is closed.')) : exports.start(order, handlers),
    setRetention: pruning.setRetention,
    retentionPreview: (wanted) => ask({ name: 'retention', retention: wanted }, 'retention'),
    headBefore: (beforeMs) => ask({ name: 'head', beforeMs }, 'head'),
    recordEquity(point) {
      if (!closing) queue((number) => equityOperation(point, number));
    },
    recordPrice(price) {
      if (closing) return;
      if (prices.add(price)) queuePrices();
      else cancelPrices ??= clock.after(GATHER_PRICES_MS, queuePrices);
    },
    candles(range) {
      queuePrices();
      // Ahead of the question, so that the answer knows them unless a batch is on its way already.
      flush();
      return ask({ name: 'candles', range }, 'candles');
    },
    equityAt(timesMs) {
      flush();
      return ask({ name: 'equity-at', timesMs }, 'equity');
    },
    equity: (range) => ask({ name: 'equity', range }, 'equity'),
    async remember(key, value, timeoutMs) {
      await queueDurably((number) => memoryOperation(key, value, number), timeoutMs);
    },
    async recall(key) {
      // What could not be written yet is still what was remembered last.
      const text = outbox.pendingMemory(key) ?? (await ask({ name: 'recall', key }, 'recall'));
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
      await drained();
      if (outbox.size() > 0) log.error('journal closed with entries unwritten', { count: outbox.size() });
      cancelFlush?.();
      health.dispose();
      reads.closed();
      exports.interrupted();
      outbox.refuse('The journal is closed.');
      const asked = link.post({ kind: 'close' });
      const cancel = clock.after(CLOSING_MS, () => void link.stop(true));
      await link.stop(!asked);
      cancel();
    },
  };
}

/** Growing pauses with jitter, in whole milliseconds. */
function retryDelayMs(refusals: number, random: () => number): number {
  const plainMs = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** (refusals - 1));
  return Math.round(plainMs * (0.75 + random() / 2));
}

function sessionName(random: () => number): string {
  return Array.from({ length: 24 }, () => Math.floor(random() * 16).toString(16)).join('');
}

const isOf = <Name extends keyof ReadValues>(
  result: { name: keyof ReadValues; value: unknown },
  name: Name,
): result is { name: Name; value: ReadValues[Name] } => result.name === name;
