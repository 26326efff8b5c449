import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

import type { z } from 'zod';

import { parseJson } from '#shared/json.ts';

import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';

interface StateFileOptions {
  /** `null` keeps nothing. */
  path: string | null;
  clock: Clock;
  log: Logger;
  /** How long a change that may be lost waits for the next write, on the clock. */
  delayMs: number;
}

interface StateFile<T> {
  /** What was saved, or `null`: nothing there, or unreadable and therefore set aside. */
  load(): T | null;
  saveNow(): void;
  saveSoon(): void;
  /** Writes what is waiting, and writes nothing after that. */
  close(): void;
  /** Writes nothing any more: what a killed process would have left stays. */
  abandon(): void;
}

/**
 * Keeps one JSON document. A write goes to a second file that then takes the place of the first, so that a reader or a
 * kill -9 finds the old or the new document, never half of one. Not synced: it outlives the process, not a power cut.
 */
export function createStateFile<T>(
  schema: z.ZodType<T>,
  snapshot: () => T,
  options: StateFileOptions,
): StateFile<T> {
  const { path, clock, log } = options;
  let cancel: (() => void) | null = null;
  let closed = false;
  if (path !== null) mkdirSync(dirname(path), { recursive: true });

  function saveNow(): void {
    cancel?.();
    cancel = null;
    if (path === null || closed) return;
    const next = `${path}.next`;
    writeFileSync(next, JSON.stringify(snapshot()), { mode: 0o600 });
    renameSync(next, path);
  }

  return {
    saveNow,
    saveSoon() {
      if (path !== null && !closed) cancel ??= clock.after(options.delayMs, saveLate);
    },
    load() {
      if (path === null) return null;
      const text = readText(path);
      if (text === null) return null;
      const parsed = schema.safeParse(parseJson(text));
      if (parsed.success) return parsed.data;
      const aside = `${path}.unreadable-${clock.now()}`;
      renameSync(path, aside);
      log.warn('The practice state could not be read; it was set aside and a new market started', { aside });
      return null;
    },
    close() {
      if (cancel !== null) saveNow();
      closed = true;
    },
    abandon() {
      cancel?.();
      closed = true;
    },
  };

  function saveLate(): void {
    try {
      saveNow();
    } catch (error) {
      log.error('The practice state could not be written', { error: String(error) });
    }
  }
}

/** The same file, written once for all changes of one turn of the event loop. */
export function gatherSaves({ saveNow, saveSoon }: Pick<StateFile<unknown>, 'saveNow' | 'saveSoon'>): {
  saveNow(): void;
  saveSoon(): void;
} {
  let isWaiting = false;
  return {
    saveSoon,
    saveNow() {
      if (isWaiting) return;
      isWaiting = true;
      setImmediate(() => {
        isWaiting = false;
        saveNow();
      });
    },
  };
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
