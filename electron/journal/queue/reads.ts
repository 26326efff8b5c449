import type { ReadCall, ReadResult } from './protocol.ts';

export interface Reads {
  ask(call: ReadCall): Promise<ReadResult>;
  answered(id: number, result: ReadResult): void;
  failed(id: number, message: string): void;
  /** The thread died with everything it was asked. */
  interrupted(): void;
  /** A thread is there again: what waits is asked again, once. */
  resume(): void;
  closed(): void;
}

interface Waiting {
  call: ReadCall;
  interruptions: number;
  resolve(result: ReadResult): void;
  reject(error: Error): void;
}

const MAX_WAITING = 1_000;

/**
 * Questions on their way to the worker. Reading changes nothing, so one that a crash swallowed is asked a second time;
 * not a third, since it may be what the crash came from.
 */
export function createReads(send: (id: number, call: ReadCall) => boolean): Reads {
  const waiting = new Map<number, Waiting>();
  let nextId = 1;

  function take(id: number): Waiting | undefined {
    const found = waiting.get(id);
    waiting.delete(id);
    return found;
  }

  return {
    ask(call) {
      if (waiting.size >= MAX_WAITING)
        return Promise.reject(new Error('The journal is being asked too much at once.'));
      const { promise, resolve, reject } = Promise.withResolvers<ReadResult>();
      const id = nextId++;
      waiting.set(id, { call, interruptions: 0, resolve, reject });
      send(id, call);
      return promise;
    },
    answered: (id, result) => take(id)?.resolve(result),
    failed: (id, message) => take(id)?.reject(new Error(message)),
    interrupted() {
      for (const [id, item] of [...waiting]) {
        item.interruptions += 1;
        if (item.interruptions > 1) take(id)?.reject(new Error('The journal stopped while it was reading.'));
      }
    },
    resume() {
      for (const [id, item] of [...waiting]) send(id, item.call);
    },
    closed() {
      for (const id of [...waiting.keys()]) take(id)?.reject(new Error('The journal is closed.'));
    },
  };
}
