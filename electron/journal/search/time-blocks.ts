import type { DatabaseSync } from 'node:sqlite';

/** So many entries share a row that says between which times they lie: a million entries are 250 rows. */
const BLOCK = 4_096;

/**
 * Where to look for a stretch of time. Times need not rise with numbers (clocks are set back), so a whole stretch of the time
 * index would have to be walked to find the first and last number; a block only has to be looked at.
 */
export interface TimeBlocks {
  note(seq: number, atMs: number): void;
}

export function createTimeBlocks(database: DatabaseSync): TimeBlocks {
  const widen = database.prepare(`
    INSERT INTO time_blocks VALUES (?1, ?2, ?2) ON CONFLICT (block)
    DO UPDATE SET first_ms = min(first_ms, ?2), last_ms = max(last_ms, ?2) WHERE ?2 < first_ms OR ?2 > last_ms`);
  return { note: (seq, atMs) => void widen.run(Math.floor(seq / BLOCK), atMs) };
}

/** The numbers between which every entry of these times lies; `null` where there is none. */
export function seqRange(
  database: DatabaseSync,
  fromMs: number,
  toMs: number,
): { first: number; last: number } | null {
  const row = database
    .prepare(
      'SELECT min(block) AS first, max(block) AS last FROM time_blocks WHERE last_ms >= ? AND first_ms <= ?',
    )
    .get(fromMs, toMs);
  if (typeof row?.first !== 'number' || typeof row.last !== 'number') return null;
  return { first: row.first * BLOCK, last: (row.last + 1) * BLOCK - 1 };
}
