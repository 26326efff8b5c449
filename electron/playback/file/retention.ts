import type { DatabaseSync } from 'node:sqlite';

import type { PlaybackSettings } from '#shared/domain/journal/playback.ts';
import { DAY_MS } from '#shared/time.ts';

const MEGABYTE = 1_024 * 1_024;

/** Whole chapters go, the oldest first, never the one that is being written: what stays begins with a whole desk. */
export function prune(database: DatabaseSync, limits: PlaybackSettings, nowMs: number): void {
  const cutoffMs = nowMs - limits.keepDays * DAY_MS;
  // Each by its own time: one that was written while the clock stood in another year must not make older those before it.
  database
    .prepare(
      `DELETE FROM blocks WHERE chapter < (SELECT max(chapter) FROM blocks)
       AND chapter IN (SELECT chapter FROM blocks GROUP BY chapter HAVING max(to_ms) <= ?)`,
    )
    .run(cutoffMs);
  while (keptBytes(database) > limits.maxSizeMb * MEGABYTE) {
    const { oldest, newest } = database
      .prepare('SELECT min(chapter) AS oldest, max(chapter) AS newest FROM blocks')
      .get() ?? { oldest: null, newest: null };
    if (oldest === null || oldest === newest || oldest === undefined) break;
    database.prepare('DELETE FROM blocks WHERE chapter = ?').run(oldest);
  }
  database.exec(`
    DELETE FROM sessions WHERE id NOT IN (SELECT session FROM blocks);
    UPDATE sessions SET from_ms = max(from_ms, coalesce(
      (SELECT min(from_ms) FROM blocks WHERE session = sessions.id AND is_full = 1), from_ms));
    PRAGMA incremental_vacuum;
  `);
}

/** What the file holds, without room that waits to be used again. */
export function keptBytes(database: DatabaseSync): number {
  const pages = numberOf(database.prepare('PRAGMA page_count').get()?.page_count) ?? 0;
  const free = numberOf(database.prepare('PRAGMA freelist_count').get()?.freelist_count) ?? 0;
  const size = numberOf(database.prepare('PRAGMA page_size').get()?.page_size) ?? 0;
  return (pages - free) * size;
}

/** From when on something can be played. */
export const keptSince = (database: DatabaseSync): number | null =>
  numberOf(database.prepare('SELECT min(from_ms) AS since FROM blocks WHERE is_full = 1').get()?.since);

const numberOf = (value: unknown): number | null => (typeof value === 'number' ? value : null);
