import { existsSync } from 'node:fs';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

const VERSION = 1;

/** Opens the file of conversations, making it where it is missing. Throws where it is damaged or of a newer version. */
export function openDatabase(file: string): DatabaseSync {
  const isFile = file !== ':memory:';
  if (isFile) {
    mkdirSync(dirname(file), { recursive: true });
    // Made by us, so that nobody else may read it.
    if (!existsSync(file)) closeSync(openSync(file, 'a', 0o600));
  }
  const database = new DatabaseSync(file, { timeout: 1_000 });
  try {
    database.exec(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA journal_size_limit = 4194304',
    );
    if (isFile && database.prepare('PRAGMA quick_check(1)').get()?.quick_check !== 'ok')
      throw new UnreadableFile('the file of conversations is damaged');
    const version = Number(database.prepare('PRAGMA user_version').get()?.user_version);
    if (version > VERSION) throw new UnreadableFile('the file of conversations is of a newer version');
    // Nothing is written that stands already: a full disk, or somebody who holds the file, must not look like damage.
    if (version < VERSION)
      database.exec(`
      CREATE TABLE IF NOT EXISTS conversations (
        id TEXT PRIMARY KEY, title TEXT NOT NULL, answerer TEXT NOT NULL,
        created_at_ms INTEGER NOT NULL, updated_at_ms INTEGER NOT NULL, head_id TEXT
      ) STRICT;
      CREATE TABLE IF NOT EXISTS turns (
        number INTEGER PRIMARY KEY, conversation_id TEXT NOT NULL, id TEXT NOT NULL, parent_id TEXT,
        role TEXT NOT NULL, at_ms INTEGER NOT NULL, ended TEXT NOT NULL, content TEXT NOT NULL, rest TEXT NOT NULL,
        input_tokens INTEGER, output_tokens INTEGER,
        UNIQUE (conversation_id, id)
      ) STRICT;
      CREATE INDEX IF NOT EXISTS turns_under_way ON turns (ended) WHERE ended = 'under-way';
      CREATE VIRTUAL TABLE IF NOT EXISTS turn_words USING fts5 (content, tokenize = 'unicode61 remove_diacritics 2');
      PRAGMA user_version = ${VERSION};
    `);
    // From now on whoever holds the file is waited for no longer than goes unnoticed: what is refused is written with the next.
    database.exec('PRAGMA busy_timeout = 100');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** There is a file, and nothing can be read from it. */
class UnreadableFile extends Error {}

const CORRUPT = 11;
const NOT_A_DATABASE = 26;

/** Whether a file could not be opened for what is in it, and not for what is around it. */
export const isUnreadable = (error: unknown): boolean =>
  error instanceof UnreadableFile ||
  (error instanceof Error && [CORRUPT, NOT_A_DATABASE].includes(Number(Reflect.get(error, 'errcode'))));
