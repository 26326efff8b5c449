import { rmSync } from 'node:fs';
import { join } from 'node:path';

import { afterEach, beforeEach } from 'vitest';

import type { JournalPort } from '../port.ts';
import { open, temporaryFolder } from './harness.ts';

/** A folder for each test of a file, and the journals that the test opened, which are closed after it. */
export interface OpenedJournals {
  /** The test's own folder. */
  folder(): string;
  /** Where its journal lies: in a folder that is not there yet. */
  file(): string;
  start: typeof open;
}

/** Called once, at the top of a test file. */
export function openedJournals(): OpenedJournals {
  const opened: JournalPort[] = [];
  let folder = '';
  beforeEach(() => {
    folder = temporaryFolder();
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((journal) => journal.close()));
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    folder: () => folder,
    file: () => join(folder, 'data', 'journal.sqlite'),
    async start(...args) {
      const started = await open(...args);
      opened.push(started.journal);
      return started;
    },
  };
}
