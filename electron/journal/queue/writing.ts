import type { Clock } from '../../lib/clock.ts';
import type { Disposer } from '../../lib/disposables.ts';
import { entryOperation } from './operation.ts';
import { createOutbox, type Settled } from './outbox.ts';
import type { Batch, Lane, Operation } from './protocol.ts';

/** Appends wait so long for company: one transaction for a burst, and at most this much is lost in a crash. */
const GATHER_MS = 100;
const BATCH = 1_000;
const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 60_000;
const LAST_ATTEMPT_MS = 5_000;

export interface WritingParts {
  clock: Clock;
  /** Between 0 and 1; for jitter. */
  random: () => number;
  /** Whether a worker with an open file is there. */
  isUp(): boolean;
  send(batch: Batch): void;
  /** There was no room for something, which is counted and told in the journal later. */
  onFull(): void;
}

/** What waits to be written and when it is sent: one batch at a time, again after growing pauses while it is refused. */
export interface Writing {
  /** Makes the operation with its number and queues it. */
  add(make: (number: number) => Operation): void;
  /** Resolves when the operation is synced; rejects when it is refused or late. Either way it stays queued until written. */
  addDurably(make: (number: number) => Operation, timeoutMs: number): Promise<void>;
  /** Sends the next batch unless one is on its way; its answer sends the one after. */
  flush(): void;
  /** The newest value under this key that is still on its way, or `undefined`. */
  pendingMemory(key: string): string | undefined;
  size(): number;
  /** The worker wrote everything up to these numbers. */
  written(upTo: Readonly<Record<Lane, number>>): void;
  /** The file refused what was sent; it is tried again. */
  refused(words: string): void;
  /** The worker died with what it was sent; it is sent again to the next one. */
  interrupted(words: string): void;
  /** Takes nothing more to be written durably. Resolves when nothing is queued, the file refuses, or after 5 s. */
  finish(): Promise<void>;
  /** Nothing is sent any more, and those who wait are told so. */
  stop(words: string): void;
}

export function createWriting({ clock, random, isUp, send, onFull }: WritingParts): Writing {
  const outbox = createOutbox();
  const idle = new Set<() => void>();
  let finishing = false;
  let isSent = false;
  let refusals = 0;
  let cancelFlush: Disposer | null = null;

  function flush(): void {
    cancelFlush?.();
    cancelFlush = null;
    if (!isUp() || isSent || outbox.size() === 0) return;
    isSent = true;
    send(outbox.peek(BATCH));
  }

  function flushAfter(delayMs: number): void {
    cancelFlush ??= clock.after(delayMs, flush);
  }

  function add(make: (number: number) => Operation): void {
    if (outbox.add(make) === null) onFull();
    if (refusals > 0) flushAfter(FIRST_RETRY_MS);
    else if (outbox.size() >= BATCH) flush();
    else flushAfter(GATHER_MS);
  }

  /** What did not fit is at least counted, in the journal itself, as soon as it can be written again. */
  function reportLost(): void {
    const count = outbox.takeLost();
    if (count === 0) return;
    const nowMs = clock.now();
    const summary = `${count} entries were lost while the journal could not be written.`;
    const data = { event: 'entries-lost', count };
    add((number) =>
      entryOperation({ atMs: nowMs, kind: 'system', backendId: null, summary, data }, number, nowMs),
    );
  }

  function tellIdle(): void {
    for (const run of [...idle]) run();
  }

  return {
    add,
    addDurably(make, timeoutMs) {
      if (finishing) return Promise.reject(new Error('The journal is closed.'));
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
    },
    flush,
    pendingMemory: outbox.pendingMemory,
    size: outbox.size,
    written(upTo) {
      isSent = false;
      refusals = 0;
      outbox.acknowledge(upTo);
      reportLost();
      if (outbox.size() >= BATCH || outbox.urgent() || finishing) flush();
      else if (outbox.size() > 0) flushAfter(GATHER_MS);
      tellIdle();
    },
    refused(words) {
      isSent = false;
      refusals += 1;
      outbox.refuse(words);
      flushAfter(retryDelayMs(refusals, random));
      tellIdle();
    },
    interrupted(words) {
      isSent = false;
      outbox.refuse(words);
      tellIdle();
    },
    finish() {
      finishing = true;
      const { promise, resolve }: PromiseWithResolvers<void> = Promise.withResolvers();
      const check = (): void => {
        if (outbox.size() === 0 || refusals > 0) resolve();
      };
      const cancel = clock.after(LAST_ATTEMPT_MS, resolve);
      idle.add(check);
      refusals = 0;
      flush();
      check();
      return promise.finally(() => {
        cancel();
        idle.delete(check);
      });
    },
    stop(words) {
      cancelFlush?.();
      outbox.refuse(words);
    },
  };
}

/** Growing pauses with jitter, in whole milliseconds. */
function retryDelayMs(refusals: number, random: () => number): number {
  const plainMs = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** (refusals - 1));
  return Math.round(plainMs * (0.75 + random() / 2));
}
