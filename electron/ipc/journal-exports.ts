import type { JournalExport, JournalExportFormat, JournalQuery } from '#shared/domain/journal/journal.ts';
import type { DeskPushes } from '#shared/ipc/contract.ts';
import { fileStamp } from '#shared/wall-time.ts';

import type { JournalPort } from '../journal/port.ts';
import type { Clock } from '../lib/clock.ts';
import { RequestError } from './request-error.ts';

export interface JournalExportParts {
  journal: Pick<JournalPort, 'append' | 'export'>;
  clock: Clock;
  /** Where the person wants the file; `null` when they do not want it after all. */
  chooseFile(file: { title: string; name: string; kind: string }): Promise<string | null>;
  push(name: 'journal.export-progress', payload: DeskPushes['journal.export-progress']): boolean;
}

/** Exports that the window ordered, each under the id that the window gave it. */
export interface JournalExports {
  /** `null` when it was cancelled, in the file dialog or while it was written. */
  start(
    exportId: string,
    query: JournalQuery,
    format: JournalExportFormat,
  ): Promise<(JournalExport & { path: string }) | null>;
  /** An export that is not running is no error: it may just have ended. */
  cancel(exportId: string): void;
}

const KINDS: Record<JournalExportFormat, string> = { csv: 'CSV', json: 'JSON', ndjson: 'NDJSON' };

export function createJournalExports(parts: JournalExportParts): JournalExports {
  const { journal, clock, chooseFile, push } = parts;
  const running = new Map<string, AbortController>();
  const paths = new Set<string>();

  return {
    async start(exportId, query, format) {
      if (running.has(exportId)) throw new RequestError('bad-request', 'This export is running already.');
      const { signal } = addTo(running, exportId);
      try {
        const name = `journal-${fileStamp(clock.now())}.${format}`;
        const path = await chooseFile({ title: 'Export the journal', name, kind: KINDS[format] });
        // The file dialog is the system's and stays when the export is cancelled behind it.
        if (path === null || signal.aborted) return null;
        if (paths.has(path)) throw new RequestError('unavailable', 'Another export is writing this file.');
        paths.add(path);
        try {
          const onProgress = (entries: number): void =>
            void push('journal.export-progress', { exportId, entries });
          const done = await journal.export({ query, format, path }, { onProgress, signal });
          if (done === null) return null;
          const summary = `${done.entries} entries of the journal were exported as ${KINDS[format]}`;
          const data = { event: 'exported', query, format, path, ...done };
          journal.append({ atMs: clock.now(), kind: 'system', backendId: null, summary, data });
          return { ...done, path };
        } finally {
          paths.delete(path);
        }
      } finally {
        running.delete(exportId);
      }
    },
    cancel: (exportId) => running.get(exportId)?.abort(),
  };
}

function addTo(running: Map<string, AbortController>, exportId: string): AbortController {
  const controller = new AbortController();
  running.set(exportId, controller);
  return controller;
}
