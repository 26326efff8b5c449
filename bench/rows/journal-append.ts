import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';

import { openWritable } from '#electron/journal/file/open-file.ts';
import { createWriter } from '#electron/journal/file/writer.ts';
import { entryOperation } from '#electron/journal/queue/operation.ts';
import type { Operation } from '#electron/journal/queue/protocol.ts';
import { entryTags } from '#electron/journal/search/query.ts';
import { createRandom } from '#electron/practice/random.ts';

import { cpuMicros } from '../frame/measure.ts';
import type { Row } from '../frame/row.ts';
import { makeRecord } from '../journal-entries.ts';

const BATCHES = 20;
const BATCH = 250;
const ENTRIES = BATCHES * BATCH;
const FIRST_MS = Date.UTC(2026, 0, 1);

/** Batches that are on disk when they are done, into the same tables: entries and their words. */
export const row: Row = {
  title: 'Journal: append, in synced batches of 250',
  rounds: 7,
  gates: [{ figure: 'cpu', unit: 'µs of CPU an entry', against: 'floor', bound: { atMost: 1.3 } }],
  open() {
    const folder = mkdtempSync(join(tmpdir(), 'quarterdeck-bench-append-'));
    const random = createRandom(7);
    let number = 0;
    const nextBatch = (): Operation[] =>
      Array.from({ length: BATCH }, () => {
        number += 1;
        const atMs = FIRST_MS + number;
        return entryOperation(makeRecord(number, atMs, random), number, atMs);
      });
    const nextBatches = (): Operation[][] => Array.from({ length: BATCHES }, nextBatch);

    const bare = openWritable(join(folder, 'bare.sqlite'), { check: false });
    const own = openWritable(join(folder, 'own.sqlite'), { check: false });
    const writer = createWriter(own);
    writer.useSession('bench', true);
    return {
      contenders: {
        floor: {
          label: 'bare SQLite inserts of the same rows and words',
          async run() {
            const batches = nextBatches();
            const write = bareWriter(bare);
            return { cpu: (await cpuMicros(() => batches.forEach(write))) / ENTRIES };
          },
        },
        ours: {
          label: 'the journal’s writer: chained by hash, numbered, indexed by time',
          async run() {
            const batches = nextBatches();
            const micros = await cpuMicros(() => {
              for (const prompt of batches) writer.write({ bulk: [], prompt });
            });
            return { cpu: micros / ENTRIES };
          },
        },
      },
      close() {
        bare.close();
        own.close();
        rmSync(folder, { recursive: true, force: true });
      },
    };
  },
};

function bareWriter(database: DatabaseSync): (batch: readonly Operation[]) => void {
  const insertEntry = database.prepare('INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?)');
  const insertWords = database.prepare(
    'INSERT INTO entry_words (rowid, summary, data, tags) VALUES (?, ?, ?, ?)',
  );
  return (batch) => {
    database.exec('PRAGMA synchronous = FULL');
    database.exec('BEGIN IMMEDIATE');
    for (const operation of batch) {
      if (operation.kind !== 'entry') continue;
      const { number, atMs, entryKind, backendId, summary, data } = operation;
      insertEntry.run(number, atMs, entryKind, backendId, summary, data, '');
      insertWords.run(number, summary, data, entryTags(entryKind, backendId, data));
    }
    database.exec('COMMIT');
  };
}
