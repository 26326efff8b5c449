import { closeSync, existsSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { sqliteResultCode } from '../../lib/sqlite-failure.ts';

const VERSION = 1;
const BUSY_MS = 1_000;
/** Larger files are not walked through at every start; damage in them is found when it is met. */
const CHECKED_AT_OPEN_BYTES = 32 * 1024 * 1024;

/** Written by a newer Quarterdeck. */
export class NewerFileError extends Error {}

/** Opens the file, made where it is missing. Throws what `sqliteFailure` reads, or `NewerFileError`, touching nothing. */
export function openFile(file: string): DatabaseSync {
  mkdirSync(dirname(file), { recursive: true });
  // Created by us so that nobody else may read it; SQLite gives its companions the same mode.
  if (!existsSync(file)) closeSync(openSync(file, 'a', 0o600));
  const database = new DatabaseSync(file, { timeout: BUSY_MS });
  try {
    const version = Number(database.prepare('PRAGMA user_version').get()?.user_version);
    if (version > VERSION) throw new NewerFileError();
    // Before the first table, or it has no effect: room that retention frees is given back.
    if (version === 0) database.exec('PRAGMA auto_vacuum = INCREMENTAL');
    database.exec(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA journal_size_limit = 4194304',
    );
    if (statSync(file).size <= CHECKED_AT_OPEN_BYTES) check(database);
    checkShape(database, version);
    if (version === 0) create(database);
    return database;
  } catch (error) {
    closeQuietly(database);
    throw error;
  }
}

export function closeQuietly(database: DatabaseSync): void {
  try {
    database.close();
  } catch {
    // Nothing is left to be done with a handle that does not close.
  }
}

/** A session is a time in which the desk ran; a chapter is the whole desk (`is_full`) and what changed until the next whole one. */
function create(database: DatabaseSync): void {
  database.exec(`
    BEGIN IMMEDIATE;
    CREATE TABLE sessions (id INTEGER PRIMARY KEY, from_ms INTEGER NOT NULL, to_ms INTEGER NOT NULL) STRICT;
    CREATE TABLE blocks (
      id INTEGER PRIMARY KEY AUTOINCREMENT, session INTEGER NOT NULL, chapter INTEGER NOT NULL,
      is_full INTEGER NOT NULL, from_ms INTEGER NOT NULL, to_ms INTEGER NOT NULL, body BLOB NOT NULL
    ) STRICT;
    CREATE INDEX blocks_that_are_full ON blocks (from_ms) WHERE is_full = 1;
    CREATE INDEX blocks_by_chapter ON blocks (chapter, id);
    CREATE INDEX blocks_by_session ON blocks (session, to_ms);
    PRAGMA user_version = ${VERSION};
    COMMIT;
  `);
}

function check(database: DatabaseSync): void {
  const verdict = database.prepare('PRAGMA quick_check(1)').get()?.quick_check;
  if (verdict !== 'ok') throw damage('quick_check found damage');
}

/** A database of something else, or one that lost its tables, is of no more use than a damaged one. */
function checkShape(database: DatabaseSync, version: number): void {
  if (version === 0) {
    const tables = database.prepare('SELECT count(*) AS count FROM sqlite_schema').get()?.count;
    if (tables !== 0) throw damage('it holds tables of something else');
    return;
  }
  try {
    database.prepare('SELECT id, from_ms, to_ms FROM sessions');
    database.prepare('SELECT id, session, chapter, is_full, from_ms, to_ms, body FROM blocks');
  } catch (error) {
    // SQLITE_ERROR: no such table or column. What the disk refuses is no damage.
    throw sqliteResultCode(error) === 1 ? damage('its tables are not ours') : error;
  }
}

const damage = (message: string): Error => Object.assign(new Error(message), { errcode: 11 });
