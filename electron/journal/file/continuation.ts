import { existsSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';

import { setAside } from '../../lib/set-aside.ts';
import { GENESIS_HASH } from '../chain/chain.ts';
import { recall } from '../search/reader.ts';
import type { ChainHead } from './head.ts';
import { readHead } from './head.ts';
import { closeQuietly, COMPANION_SUFFIXES, openReadable, openWritable } from './open-file.ts';
import { asNumber, asText } from './rows.ts';
import { copyFacts, copyRecords } from './salvage.ts';
import type { Writer } from './writer.ts';
import { createWriter } from './writer.ts';

/** Where entries are kept while the journal's own file is of a newer version and must not be touched. */
export const continuationFile = (file: string): string => file.replace(/(\.\w+)?$/, '-continued$1');

/**
 * Opens it, and begins it where `newer` ends: its first entry takes the chain over from there, as after a deletion that is
 * signed off, and small facts (a latched panic) are copied. Throws what `openWritable` throws.
 */
export function openContinuation(file: string, newer: DatabaseSync, nowMs: number): DatabaseSync {
  const database = openWritable(continuationFile(file), { check: true });
  try {
    const writer = createWriter(database);
    if (writer.head().seq > 0) return database;
    writer.restore((target) => copyFacts(newer, target));
    const end = endOf(newer);
    const summary =
      'A newer Quarterdeck wrote the journal, which is only read by this one. What happens from here on is kept beside it.';
    writer.continueFrom(end, summary, nowMs);
    return database;
  } catch (error) {
    closeQuietly(database);
    throw error;
  }
}

/**
 * Puts what was kept beside the journal into it, in one transaction, and sets that file aside. Where the journal still ends
 * as it did, entries keep their numbers and hashes; otherwise they are chained anew behind what it holds. Does nothing where
 * there is no such file. Throws where the journal cannot be written.
 */
export function takeOverContinuation(
  file: string,
  database: DatabaseSync,
  writer: Writer,
  nowMs: number,
): void {
  const path = continuationFile(file);
  if (!existsSync(path)) return;
  const kept = openReadable(path);
  try {
    const { hash } = readHead(kept);
    // Taken over already, and a crash came before it was set aside.
    if (recall(database, TAKEN_OVER) !== JSON.stringify(hash)) {
      const renumbered = follows(kept, writer.head()) ? null : () => writer.head().seq + 1;
      writer.restore((target) => {
        const entries = copyRecords(kept, target, renumbered);
        copyFacts(kept, target);
        target.memory(TAKEN_OVER, JSON.stringify(hash));
        target.entry({
          seq: writer.head().seq + 1,
          atMs: nowMs,
          kind: 'system',
          backendId: null,
          summary: `${entries} entries that an older Quarterdeck kept beside the journal were taken over.`,
          data: JSON.stringify({ event: 'continuation-taken-over', entries }),
        });
      });
    }
  } finally {
    closeQuietly(kept);
  }
  setAside(path, 'taken-over', nowMs, COMPANION_SUFFIXES);
}

/** The hash of what was taken over last. */
const TAKEN_OVER = 'journal/taken-over';

/** Whether what was kept begins where the journal ends. */
function follows(kept: DatabaseSync, end: ChainHead): boolean {
  const base = kept.prepare('SELECT to_seq, hash FROM checkpoints WHERE from_seq = 1').get();
  return base === undefined
    ? end.seq === 0
    : asNumber(base.to_seq) === end.seq && asText(base.hash) === end.hash;
}

/** Where the chain of a newer file ends; the beginning where even that cannot be read. */
function endOf(newer: DatabaseSync): { seq: number; hash: string } {
  try {
    return readHead(newer);
  } catch {
    return { seq: 0, hash: GENESIS_HASH };
  }
}
