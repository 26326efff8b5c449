import type { DatabaseSync, SQLInputValue } from 'node:sqlite';

import type { Retention, RetentionPreview } from '#shared/domain/journal/journal.ts';
import { DECISION_KINDS } from '#shared/domain/journal/journal.ts';
import { DAY_MS } from '#shared/time.ts';

import type { Gap } from './checkpoint.ts';
import { asNumber, asText } from '../file/rows.ts';
import { readVerified } from './verify.ts';

/** What one step of pruning is about to delete, oldest first. */
export interface PruneStep {
  gaps: Gap[];
  entries: number;
  oldestAtMs: number;
  newestAtMs: number;
}

/** So many in one transaction: a decision that comes meanwhile waits a few milliseconds. */
const STEP = 500;
const MEGABYTE = 1024 * 1024;
/** What is younger stays although the file is too large: it may not have been looked at yet. */
const LEAST_AGE_MS = 7 * DAY_MS;
/** A file so many times too large is a flood, in which age protects nothing (D7). */
const FLOODED = 2;

const DECISIONS = DECISION_KINDS.map((kind) => `'${kind}'`).join(', ');

/**
 * Only what was verified goes, so that a change made to the file cannot be hidden by deleting it; and never an entry that
 * signs a deletion off, for the chain goes over the gap by it.
 */
const PRUNABLE = `
  FROM entries WHERE at_ms < max(?1, ?2) AND seq < ?3
  AND at_ms < CASE WHEN kind IN (${DECISIONS}) THEN ?2 ELSE ?1 END
  AND NOT EXISTS (SELECT 1 FROM checkpoints WHERE signed_by = entries.seq)`;

/** The next step of what this retention deletes now, or `null` when there is nothing to delete. */
export function nextPruneStep(database: DatabaseSync, retention: Retention, nowMs: number): PruneStep | null {
  const rows = database
    .prepare(`SELECT seq, hash, at_ms ${PRUNABLE} ORDER BY at_ms, seq LIMIT ${STEP}`)
    .all(...limits(database, retention, nowMs))
    .map((row) => ({ seq: asNumber(row.seq), hash: asText(row.hash), atMs: asNumber(row.at_ms) }))
    .sort((a, b) => a.seq - b.seq);
  if (rows.length === 0) return null;
  const gaps: Gap[] = [];
  for (const { seq, hash } of rows) {
    const last = gaps.at(-1);
    if (last?.to === seq - 1) Object.assign(last, { to: seq, hash });
    else gaps.push({ from: seq, to: seq, hash });
  }
  const times = rows.map(({ atMs }) => atMs);
  return { gaps, entries: rows.length, oldestAtMs: Math.min(...times), newestAtMs: Math.max(...times) };
}

/** What this retention would delete, were it set now. */
export function previewPruning(
  database: DatabaseSync,
  retention: Retention,
  nowMs: number,
): RetentionPreview {
  const row = database
    .prepare(
      `SELECT count(*) AS entries, count(*) FILTER (WHERE kind IN (${DECISIONS})) AS decisions,
       min(at_ms) AS oldest, max(at_ms) AS newest ${PRUNABLE}`,
    )
    .get(...limits(database, retention, nowMs));
  const time = (value: unknown): number | null => (typeof value === 'number' ? value : null);
  return {
    entries: asNumber(row?.entries),
    decisions: asNumber(row?.decisions),
    oldestAtMs: time(row?.oldest),
    newestAtMs: time(row?.newest),
  };
}

/** Deletes the entries of these gaps with their words. Runs inside the transaction that signs them off. */
export function deleteGaps(database: DatabaseSync, gaps: readonly Gap[], signedBy: number): void {
  const note = database.prepare('INSERT INTO checkpoints VALUES (?, ?, ?, ?)');
  const forget = database.prepare('DELETE FROM entry_words WHERE rowid BETWEEN ? AND ?');
  const remove = database.prepare('DELETE FROM entries WHERE seq BETWEEN ? AND ?');
  for (const { from, to, hash } of gaps) {
    note.run(to, from, hash, signedBy);
    forget.run(from, to);
    remove.run(from, to);
  }
}

/** Parameters of `PRUNABLE`: before when plain entries and decisions go, and the entry before which all are verified. */
function limits(database: DatabaseSync, retention: Retention, nowMs: number): SQLInputValue[] {
  const before = (days: number | null): number => (days === null ? 0 : nowMs - days * DAY_MS);
  const share = retention.maxSizeMb === null ? 0 : usedBytes(database) / (retention.maxSizeMb * MEGABYTE);
  const bySize = share <= 1 ? 0 : share <= FLOODED ? nowMs - LEAST_AGE_MS : Number.MAX_SAFE_INTEGER;
  return [
    Math.max(before(retention.keepDays), bySize),
    before(retention.keepDecisionsDays),
    readVerified(database)?.seq ?? 0,
  ];
}

/** Whether the file has grown so far that waiting for the next pruning would let it grow without bound. */
export const isFlooded = (sizeBytes: number, { maxSizeMb }: Retention): boolean =>
  maxSizeMb !== null && sizeBytes > FLOODED * maxSizeMb * MEGABYTE;

/** Pages that hold something: what was deleted is used again before the file grows. */
function usedBytes(database: DatabaseSync): number {
  const pragma = (name: string): number => asNumber(database.prepare(`PRAGMA ${name}`).get()?.[name]);
  return (pragma('page_count') - pragma('freelist_count')) * pragma('page_size');
}
