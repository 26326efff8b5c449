import { useCallback, useEffect, useRef, useState } from 'react';

import type { JournalExport, JournalExportFormat } from '#shared/domain/journal/journal.ts';

import { describeError, on, request } from '../../bridge.ts';
import type { JournalFilter } from './use-journal-pages.ts';

export type ExportState =
  | { kind: 'idle'; cancelled: boolean }
  | { kind: 'running'; entries: number; cancelling: boolean }
  | { kind: 'done'; file: JournalExport & { path: string } }
  | { kind: 'failed'; message: string };

/** One export after the other. What is on its way when this leaves the screen is cancelled. */
export function useExport() {
  const [state, setState] = useState<ExportState>({ kind: 'idle', cancelled: false });
  const running = useRef<string | null>(null);

  const cancel = useCallback(() => {
    const exportId = running.current;
    if (exportId === null) return;
    setState((before) => (before.kind === 'running' ? { ...before, cancelling: true } : before));
    request('journal.export-cancel', { exportId }).catch((error: unknown) =>
      setState({ kind: 'failed', message: describeError(error) }),
    );
  }, []);

  useEffect(() => {
    const off = on('journal.export-progress', ({ exportId, entries }) => {
      if (exportId !== running.current) return;
      setState((before) => (before.kind === 'running' ? { ...before, entries } : before));
    });
    return () => {
      off();
      cancel();
    };
  }, [cancel]);

  const start = useCallback(async (filter: JournalFilter, format: JournalExportFormat): Promise<void> => {
    const exportId = crypto.randomUUID();
    running.current = exportId;
    setState({ kind: 'running', entries: 0, cancelling: false });
    try {
      const file = await request('journal.export', { exportId, query: filter, format });
      setState(file === null ? { kind: 'idle', cancelled: true } : { kind: 'done', file });
    } catch (error) {
      setState({ kind: 'failed', message: describeError(error) });
    } finally {
      running.current = null;
    }
  }, []);

  return { state, start, cancel };
}
