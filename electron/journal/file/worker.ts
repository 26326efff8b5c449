import { parentPort, workerData } from 'node:worker_threads';

import { classifyFailure, describeFailure } from './failures.ts';
import {
  type FromWorker,
  type Operation,
  type ReadResult,
  type ToWorker,
  type WorkerStart,
  workerStart,
} from '../queue/protocol.ts';
import { openStore } from './store.ts';

/** Entry of the journal's thread: one message in, one message out, in order; only verifying is cut into slices. */
function run(port: NonNullable<typeof parentPort>, start: WorkerStart): void {
  const store = openStore(start);
  const send = (message: FromWorker): void => port.postMessage(message);
  let closed = false;
  const exporting = new Set<string>();

  send({ kind: 'opened', health: store.health() });
  verify(
    'verified',
    () => send({ kind: 'health', health: store.health() }),
    () => undefined,
  );

  port.on('message', (message: ToWorker) => {
    switch (message.kind) {
      case 'write': {
        const { batch, nowMs } = message;
        const spoiled = store.write(batch, nowMs);
        const upTo = { bulk: lastNumber(batch.bulk), prompt: lastNumber(batch.prompt) };
        if (spoiled === null) send({ kind: 'refused', health: store.health() });
        else send({ kind: 'written', upTo, spoiled, health: store.health() });
        break;
      }
      case 'export':
        writeOut(message);
        break;
      case 'cancel-export':
        exporting.delete(message.id);
        break;
      case 'prune':
        prune(message);
        break;
      case 'read':
        read(message);
        break;
      case 'close':
        closed = true;
        store.close();
        send({ kind: 'closed' });
        port.close();
        break;
    }
  });

  function read({ id, call, nowMs }: Extract<ToWorker, { kind: 'read' }>): void {
    const answer = (result: ReadResult): void => send({ kind: 'answer', id, result });
    const fail = (message: string): void => send({ kind: 'failed-answer', id, message });
    if (call.name === 'verify') {
      const done = (value: Extract<ReadResult, { name: 'verify' }>['value']): void => {
        answer({ name: 'verify', value });
        send({ kind: 'health', health: store.health() });
      };
      verify('beginning', done, fail);
      return;
    }
    try {
      answer(store.read(call, nowMs));
    } catch (error) {
      fail(wordsOf(error));
    }
  }

  /** Page by page, like a verification; taking its id away ends it and what it wrote goes. */
  function writeOut({ id, order }: Extract<ToWorker, { kind: 'export' }>): void {
    let pages: ReturnType<typeof store.export>;
    try {
      pages = store.export(order);
    } catch (error) {
      send({ kind: 'export-failed', id, message: exportWords(error) });
      return;
    }
    exporting.add(id);
    const step = (): void => {
      try {
        if (closed || !exporting.has(id)) {
          pages.return({ entries: 0, bytes: 0 });
          send({ kind: 'export-done', id, value: null });
          return;
        }
        const next = pages.next();
        if (next.done === true) {
          exporting.delete(id);
          send({ kind: 'export-done', id, value: next.value });
          return;
        }
        send({ kind: 'export-progress', id, entries: next.value });
        setImmediate(step);
      } catch (error) {
        exporting.delete(id);
        send({ kind: 'export-failed', id, message: exportWords(error) });
      }
    };
    step();
  }

  /** Verifies what came since the last time, as only that may go, and then deletes in steps between which messages are taken. */
  function prune({ retention, nowMs }: Extract<ToWorker, { kind: 'prune' }>): void {
    const step = (): void => {
      try {
        if (!closed && store.prune(retention, nowMs) > 0) setImmediate(step);
        else send({ kind: 'health', health: store.health() });
      } catch {
        send({ kind: 'health', health: store.health() });
      }
    };
    verify('verified', step, () => undefined);
  }

  /** Between two slices the thread takes messages, so that a decision is not kept waiting by a long verification. */
  function verify(
    from: 'beginning' | 'verified',
    done: (value: Extract<ReadResult, { name: 'verify' }>['value']) => void,
    fail: (message: string) => void,
  ): void {
    const steps = store.verify(from);
    const step = (): void => {
      if (closed) {
        fail('The journal is closing.');
        return;
      }
      try {
        const next = steps.next();
        if (next.done === true) done(next.value);
        else setImmediate(step);
      } catch (error) {
        fail(wordsOf(error));
      }
    };
    step();
  }
}

const lastNumber = (operations: readonly Operation[]): number => operations.at(-1)?.number ?? 0;

/** What SQLite says is for engineers; what the store says is for a person already. */
function wordsOf(error: unknown): string {
  if (!(error instanceof Error) || 'code' in error || classifyFailure(error) !== 'other')
    return describeFailure(error);
  return error.message;
}

/** The trouble is the chosen file's, not the journal's. */
function exportWords(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG') return 'The disk is full.';
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return 'The file may not be written there.';
  if (code === 'ENOENT') return 'The folder is not there any more.';
  return wordsOf(error);
}

if (parentPort === null) throw new Error('The journal worker runs as a thread of the main process.');
run(parentPort, workerStart.parse(workerData));
