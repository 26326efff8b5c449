import { existsSync, renameSync, rmSync } from 'node:fs';

import { openWritable } from '#electron/journal/file/open-file.ts';
import { createWriter } from '#electron/journal/file/writer.ts';
import { entryOperation } from '#electron/journal/queue/operation.ts';
import { createRandom } from '#electron/practice/random.ts';

import { makeRecord } from './journal-entries.ts';

export const FIRST_MS = Date.UTC(2026, 0, 1);
const STEP_MS = 30_000;
const BULK = 1_000;

/** Writes a journal of so many entries, the same each time, unless the file is there already. Minutes for a million. */
export function ensureJournal(file: string, entries: number, tell: (written: number) => void): void {
  if (existsSync(file)) return;
  // One that was cut off is not taken for whole.
  const unfinished = `${file}.unfinished`;
  for (const end of ['', '-wal', '-shm']) rmSync(unfinished + end, { force: true });
  const random = createRandom(7);
  const database = openWritable(unfinished, { check: false });
  const writer = createWriter(database);
  writer.useSession('bench', true);
  for (let number = 1; number <= entries;) {
    const bulk = [];
    for (let count = 0; count < BULK && number <= entries; count += 1, number += 1) {
      const atMs = FIRST_MS + number * STEP_MS;
      bulk.push(entryOperation(makeRecord(number, atMs, random), number, atMs));
    }
    writer.write({ bulk, prompt: [] });
    if (number % 50_000 < BULK) tell(number);
  }
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  database.close();
  renameSync(unfinished, file);
}
