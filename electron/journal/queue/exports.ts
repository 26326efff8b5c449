import { randomUUID } from 'node:crypto';

import type { JournalExport } from '#shared/domain/journal/journal.ts';

import type { ExportOrder } from '../export/export-order.ts';
import type { ToWorker } from './protocol.ts';

export interface ExportHandlers {
  onProgress(entries: number): void;
  signal: AbortSignal;
}

/** Exports on their way in the worker. One that the worker's end cut off is not begun again: its file may be where it was. */
export interface Exports {
  /** `null` when it was cancelled. Rejects with words for a person. */
  start(order: ExportOrder, handlers: ExportHandlers): Promise<JournalExport | null>;
  progress(id: string, entries: number): void;
  done(id: string, value: JournalExport | null): void;
  failed(id: string, message: string): void;
  interrupted(): void;
}

export function createExports(post: (message: ToWorker) => boolean): Exports {
  const running = new Map<
    string,
    { promise: PromiseWithResolvers<JournalExport | null>; handlers: ExportHandlers }
  >();

  function take(id: string): PromiseWithResolvers<JournalExport | null> | undefined {
    const found = running.get(id);
    running.delete(id);
    return found?.promise;
  }

  return {
    start(order, handlers) {
      const id = randomUUID();
      const promise: PromiseWithResolvers<JournalExport | null> = Promise.withResolvers();
      if (!post({ kind: 'export', id, order }))
        return Promise.reject(new Error('The journal is not ready. Try again in a moment.'));
      running.set(id, { promise, handlers });
      handlers.signal.addEventListener('abort', () => post({ kind: 'cancel-export', id }), { once: true });
      return promise.promise;
    },
    progress: (id, entries) => running.get(id)?.handlers.onProgress(entries),
    done: (id, value) => take(id)?.resolve(value),
    failed: (id, message) => take(id)?.reject(new Error(message)),
    interrupted() {
      for (const id of [...running.keys()])
        take(id)?.reject(new Error('The journal stopped while it was writing the file.'));
    },
  };
}
