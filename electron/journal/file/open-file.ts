import { closeSync, existsSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';

import { BrokenFileError } from './rows.ts';
import { migrate } from './schema.ts';

/** Larger files are not walked through at every start; damage in them is found when it is met. */
const CHECKED_AT_OPEN_BYTES = 32 * 1024 * 1024;
const BUSY_MS = 2_000;

/** Files that SQLite keeps beside the main one. */
export const COMPANION_SUFFIXES = ['-wal', '-shm'] as const;

/** Opens, checks and migrates the journal for writing, creating file and folder. Throws what `classifyFailure` reads. */
export function openWritable(file: string, options: { check: boolean }): DatabaseSync {
  mkdirSync(dirname(file), { recursive: true });
  // Created by us so that nobody else may read it; SQLite gives its companions the same mode.
  if (!existsSync(file)) closeSync(openSync(file, 'a', 0o600));
  const database = new DatabaseSync(file, { timeout: BUSY_MS });
  try {
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA fullfsync = ON');
    database.exec('PRAGMA journal_size_limit = 16777216');
    if (options.check && sizeBytes(file) <= CHECKED_AT_OPEN_BYTES) quickCheck(database);
    migrate(database);
    return database;
  } catch (error) {
    closeQuietly(database);
    throw error;
  }
}

/**
 * Opens what is there for reading only. Where not even SQLite's shared memory can be created (a read-only folder) it
 * reads the main file alone, without what a crash may have left in the write-ahead log.
 */
export function openReadable(file: string): DatabaseSync {
  let database: DatabaseSync | null = null;
  try {
    database = new DatabaseSync(file, { readOnly: true, timeout: BUSY_MS });
    database.prepare('SELECT count(*) FROM sqlite_schema').get();
    return database;
  } catch {
    if (database !== null) closeQuietly(database);
    const url = pathToFileURL(file);
    url.search = '?mode=ro&immutable=1';
    return new DatabaseSync(url);
  }
}

/** Size on disk with the write-ahead log; 0 where nothing can be read. */
export function sizeBytes(file: string): number {
  return fileBytes(file) + fileBytes(`${file}-wal`);
}

/** True for a file that is there and holds nothing: cut to zero, or left by a start that ended at once. */
export const isEmptyFile = (file: string): boolean => existsSync(file) && fileBytes(file) === 0;

export function closeQuietly(database: DatabaseSync): void {
  try {
    database.close();
  } catch {
    // Nothing is left to be done with a handle that does not close.
  }
}

function quickCheck(database: DatabaseSync): void {
  const verdict = database.prepare('PRAGMA quick_check(1)').get()?.quick_check;
  if (verdict !== 'ok') throw new BrokenFileError('quick_check found damage');
}

function fileBytes(file: string): number {
  try {
    return statSync(file).size;
  } catch {
    return 0;
  }
}
