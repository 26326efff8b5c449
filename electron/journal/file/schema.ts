import type { DatabaseSync } from 'node:sqlite';

import { GENESIS_HASH } from '../chain/chain.ts';
import { entryTags } from '../search/query.ts';
import { asNumber } from './rows.ts';

/** A file whose version is higher than this was written by a newer Quarterdeck. */
export class NewerFileError extends Error {
  override readonly name = 'NewerFileError';
}

/**
 * Steps from one version of the file to the next; `user_version` counts how many were taken. Steps are never edited
 * once released.
 */
const MIGRATIONS = [
  `
  CREATE TABLE entries (
    seq INTEGER PRIMARY KEY,
    at_ms INTEGER NOT NULL,
    kind TEXT NOT NULL,
    backend_id TEXT,
    summary TEXT NOT NULL,
    data TEXT NOT NULL,
    hash TEXT NOT NULL
  ) STRICT;
  CREATE INDEX entries_by_time ON entries (at_ms, seq);

  CREATE TRIGGER entries_are_not_changed BEFORE UPDATE ON entries
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
  CREATE TRIGGER entries_are_not_deleted BEFORE DELETE ON entries
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
  CREATE TRIGGER entries_are_not_replaced BEFORE INSERT ON entries
    WHEN NEW.seq <= (SELECT coalesce(max(seq), 0) FROM entries)
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

  -- Only the index: the text itself stands in entries. tags holds kind and backend as words, so that a search
  -- by text and by filter is one intersection of posting lists and never a scan.
  CREATE VIRTUAL TABLE entry_words USING fts5(
    summary, data, tags, content='', tokenize='unicode61 remove_diacritics 2', prefix='2 3'
  );

  CREATE TABLE chain_head (
    id INTEGER PRIMARY KEY CHECK (id = 1), seq INTEGER NOT NULL, hash TEXT NOT NULL, entries INTEGER NOT NULL
  ) STRICT;
  INSERT INTO chain_head VALUES (1, 0, '${GENESIS_HASH}', 0);
  CREATE TABLE chain_verified (
    id INTEGER PRIMARY KEY CHECK (id = 1), seq INTEGER NOT NULL, hash TEXT NOT NULL
  ) STRICT;
  INSERT INTO chain_verified VALUES (1, 0, '${GENESIS_HASH}');

  CREATE TABLE writer (id INTEGER PRIMARY KEY CHECK (id = 1), session TEXT NOT NULL, number INTEGER NOT NULL) STRICT;
  INSERT INTO writer VALUES (1, '', 0);

  CREATE TABLE equity (
    backend_id TEXT NOT NULL, at_ms INTEGER NOT NULL, total_usd TEXT NOT NULL, deposit_usd TEXT,
    PRIMARY KEY (backend_id, at_ms)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX equity_deposits ON equity (backend_id, at_ms) WHERE deposit_usd IS NOT NULL;

  CREATE TABLE memory (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  `,
  `
  -- One row a minute, or one an hour (at its beginning) where the minutes have grown old.
  CREATE TABLE candles (
    backend_id TEXT NOT NULL, symbol TEXT NOT NULL, at_ms INTEGER NOT NULL,
    open TEXT NOT NULL, high TEXT NOT NULL, low TEXT NOT NULL, close TEXT NOT NULL, ticks INTEGER NOT NULL,
    PRIMARY KEY (backend_id, symbol, at_ms)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX candles_by_time ON candles (at_ms);
  CREATE INDEX candles_within_hours ON candles (at_ms) WHERE at_ms % 3600000 <> 0;
  `,
  `
  -- number counts the operations that nobody waits for, prompt_number those of the lane that goes first.
  ALTER TABLE writer ADD COLUMN prompt_number INTEGER NOT NULL DEFAULT 0;
  `,
  `
  -- A stretch of entries that retention deleted: the hash of its last one carries the chain over the gap. It counts only
  -- with the entry that signs it off, which names the same figures inside the chain.
  CREATE TABLE checkpoints (
    to_seq INTEGER PRIMARY KEY, from_seq INTEGER NOT NULL, hash TEXT NOT NULL, signed_by INTEGER NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX checkpoints_by_beginning ON checkpoints (from_seq);
  CREATE INDEX checkpoints_by_signature ON checkpoints (signed_by);

  DROP TRIGGER entries_are_not_deleted;
  CREATE TRIGGER entries_are_not_deleted BEFORE DELETE ON entries
    WHEN NOT coalesce(
      (SELECT from_seq <= OLD.seq FROM checkpoints WHERE to_seq >= OLD.seq ORDER BY to_seq LIMIT 1), 0)
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
  `,
  `
  CREATE TABLE time_blocks (
    block INTEGER PRIMARY KEY, first_ms INTEGER NOT NULL, last_ms INTEGER NOT NULL
  ) STRICT;
  INSERT INTO time_blocks SELECT seq / 4096, min(at_ms), max(at_ms) FROM entries GROUP BY 1;

  -- tags hold severity and symbol as well. With contentless_delete an entry is forgotten by its number alone, so that what
  -- tags are made of may change.
  DROP TABLE entry_words;
  CREATE VIRTUAL TABLE entry_words USING fts5(
    summary, data, tags, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2', prefix='2 3'
  );
  INSERT INTO entry_words (rowid, summary, data, tags)
    SELECT seq, summary, data, entry_tags(kind, backend_id, data) FROM entries ORDER BY seq;
  `,
];

const SCHEMA_VERSION = MIGRATIONS.length;

/**
 * Brings an open file to the current version. Takes the write lock even when nothing is to be done, so that a file
 * that cannot be written says so here. Throws `NewerFileError` for a file of a newer version, touching nothing.
 */
export function migrate(database: DatabaseSync): void {
  const version = asNumber(database.prepare('PRAGMA user_version').get()?.user_version);
  if (version > SCHEMA_VERSION) throw new NewerFileError(`file version ${version}, known ${SCHEMA_VERSION}`);
  database.function('entry_tags', { deterministic: true }, (kind, backendId, data) =>
    entryTags(String(kind), backendId === null ? null : String(backendId), String(data)),
  );
  database.exec('BEGIN IMMEDIATE');
  try {
    for (const step of MIGRATIONS.slice(version)) database.exec(step);
    if (version < SCHEMA_VERSION) database.exec(`PRAGMA user_version = ${SCHEMA_VERSION}`);
    database.exec('COMMIT');
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}
