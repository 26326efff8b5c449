import type { DatabaseSync } from 'node:sqlite';

import type { DeskPatch } from '#shared/domain/desk.ts';
import type { Stretch } from '#shared/domain/journal/playback.ts';

import type { PastMoment } from '../port.ts';
import type { StoredLine } from './entries.ts';
import { patchOf, unpackLines } from './entries.ts';

/** The last seconds are still gathered, and that is no gap. */
const STILL_WRITING_MS = 150_000;

interface Full {
  session: number;
  chapter: number;
  fromMs: number;
  body: Uint8Array;
}

/** The desk at a time: the last whole one before it and what changed since, or only what changed since `since`. */
export function readMoment(
  database: DatabaseSync,
  askedMs: number,
  since: { session: number; atMs: number } | null,
): PastMoment {
  const full = fullBefore(database, askedMs);
  const atMs = Math.max(askedMs, full.fromMs);
  const gap = gapAt(database, full.session, atMs);
  if (since !== null && since.session === full.session && since.atMs <= atMs) {
    const blocks = database
      .prepare(
        'SELECT body FROM blocks WHERE session = ? AND is_full = 0 AND to_ms > ? AND from_ms <= ? ORDER BY id',
      )
      .all(full.session, since.atMs, atMs);
    const { lines, spoiled } = linesOf(blocks, atMs);
    const later = lines.filter((line) => line.atMs > since.atMs);
    return { atMs, session: full.session, whole: false, gap, ...patchesOf(later, spoiled) };
  }
  const blocks = database
    .prepare('SELECT body FROM blocks WHERE chapter = ? AND is_full = 0 AND from_ms <= ? ORDER BY id')
    .all(full.chapter, atMs);
  const { lines, spoiled } = linesOf([{ body: full.body }, ...blocks], atMs);
  // Only what stood last is looked at: a busy half hour holds each value hundreds of times.
  const last = new Map<string, StoredLine>();
  for (const line of lines) {
    const name = `${line.slice} ${line.key}`;
    if (line.value === null) last.delete(name);
    else last.set(name, line);
  }
  return { atMs, session: full.session, whole: true, gap, ...patchesOf([...last.values()], spoiled) };
}

/** Where nothing was kept within a stretch, the time before the first and after the last session included. */
export function readGaps(database: DatabaseSync, { fromMs, toMs }: Stretch, nowMs: number): Stretch[] {
  const sessions = database
    .prepare('SELECT from_ms, to_ms FROM sessions WHERE to_ms >= ? AND from_ms <= ? ORDER BY from_ms')
    .all(fromMs, toMs);
  const gaps: Stretch[] = [];
  let keptUntilMs = fromMs;
  for (const session of sessions) {
    const beginsMs = Number(session.from_ms);
    if (beginsMs > keptUntilMs) gaps.push({ fromMs: keptUntilMs, toMs: beginsMs });
    keptUntilMs = Math.max(keptUntilMs, Number(session.to_ms));
  }
  const isStillWritten = nowMs - keptUntilMs < STILL_WRITING_MS;
  if (keptUntilMs < toMs && !isStillWritten) gaps.push({ fromMs: keptUntilMs, toMs });
  return gaps;
}

function fullBefore(database: DatabaseSync, atMs: number): Full {
  const columns = 'SELECT session, chapter, from_ms, body FROM blocks WHERE is_full = 1';
  // Times come twice where a clock was set back: the session that ran at that time counts, and of two the later one.
  const session = database
    .prepare('SELECT id FROM sessions WHERE from_ms <= ?1 ORDER BY min(to_ms, ?1) DESC, id DESC LIMIT 1')
    .get(atMs)?.id;
  const row =
    database
      .prepare(`${columns} AND session = ? AND from_ms <= ? ORDER BY from_ms DESC, id DESC LIMIT 1`)
      .get(session ?? null, atMs) ?? database.prepare(`${columns} ORDER BY from_ms, id LIMIT 1`).get();
  if (row === undefined || !(row.body instanceof Uint8Array))
    throw new Error('Nothing is kept of that time.');
  return {
    session: Number(row.session),
    chapter: Number(row.chapter),
    fromMs: Number(row.from_ms),
    body: row.body,
  };
}

/** The gap that a time lies in: after its session ended and before the next one began. */
function gapAt(database: DatabaseSync, session: number, atMs: number): Stretch | null {
  const endedMs = Number(database.prepare('SELECT to_ms FROM sessions WHERE id = ?').get(session)?.to_ms);
  if (!(atMs > endedMs)) return null;
  const next = database
    .prepare('SELECT min(from_ms) AS next FROM sessions WHERE from_ms > ?')
    .get(endedMs)?.next;
  if (typeof next === 'number') return { fromMs: endedMs, toMs: next };
  // The disk refuses, or the clock was set back: how far it goes is not known yet.
  return atMs - endedMs < STILL_WRITING_MS ? null : { fromMs: endedMs, toMs: atMs };
}

function linesOf(
  blocks: readonly { body?: unknown }[],
  untilMs: number,
): { lines: StoredLine[]; spoiled: number } {
  const lines: StoredLine[] = [];
  let spoiled = 0;
  for (const { body } of blocks) {
    if (!(body instanceof Uint8Array)) continue;
    const read = unpackLines(body, untilMs);
    spoiled += read.spoiled;
    for (const line of read.lines) lines.push(line);
  }
  return { lines, spoiled };
}

function patchesOf(lines: readonly StoredLine[], before: number): { patches: DeskPatch[]; spoiled: number } {
  const patches: DeskPatch[] = [];
  let spoiled = before;
  for (const line of lines) {
    const patch = patchOf(line);
    if (patch === null) spoiled += 1;
    else patches.push(patch);
  }
  return { patches, spoiled };
}
