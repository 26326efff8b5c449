import { basename } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';

import type { SliceName } from '#shared/domain/desk.ts';
import type { KeptPast, PlaybackSettings, Stretch } from '#shared/domain/journal/playback.ts';
import { MINUTE_MS } from '#shared/time.ts';

import { setAside } from '../../lib/set-aside.ts';
import { sqliteFailure } from '../../lib/sqlite-failure.ts';
import type { PastMoment } from '../port.ts';
import type { Line } from './entries.ts';
import { lineOf, lineText, packLines } from './entries.ts';
import { closeQuietly, NewerFileError, openFile } from './open-file.ts';
import type { Change, WorkerStart } from './protocol.ts';
import { readGaps, readMoment } from './reading.ts';
import { keptBytes, keptSince, prune } from './retention.ts';

/** Playing begins at a whole desk and reads on from there; this is the longest way. */
const CHAPTER_MS = 30 * MINUTE_MS;
const CHAPTER_BYTES = 8 * 1024 * 1024;
/** A block is written anew while it grows, so that a killed program loses seconds and many small changes pack well. */
const BLOCK_MS = MINUTE_MS;
const BLOCK_TEXT = 96 * 1024;
/** The desk writes at least once a minute; a longer silence means that it, or the computer, was off. */
const SILENCE_MS = 150_000;

/** What the thread does with the file. Nothing of it throws but reading, with words for a person. */
export interface MomentStore {
  write(changes: readonly Change[], whole: boolean, nowMs: number): void;
  setLimits(limits: PlaybackSettings, nowMs: number): void;
  moment(atMs: number, since: { session: number; atMs: number } | null): PastMoment;
  gaps(stretch: Stretch, nowMs: number): Stretch[];
  kept(): KeptPast;
  close(): void;
}

interface OpenBlock {
  id: number | bigint;
  lines: string[];
  textLength: number;
  fromMs: number;
  startedMs: number;
}

/** Where writing stands; without one the next write begins a session with the whole desk. */
interface Writing {
  session: number;
  chapter: number;
  chapterFromMs: number;
  chapterBytes: number;
  lastMs: number;
  block: OpenBlock | null;
}

export function openStore(start: WorkerStart): MomentStore {
  const { file } = start;
  let limits = start.limits;
  let database: DatabaseSync | null = null;
  let writing: Writing | null = null;
  let isNewer = false;
  let trouble: string | null = null;
  /** Said once, at the start: a damaged file was set aside. */
  let accident: string | null = null;
  let setAsideCount = 0;
  /** As it was after the last time that the file could be used. */
  let measured: Omit<KeptPast, 'trouble'> = NOTHING;
  /** The desk as it was last told, so that a whole one can be written without asking for it. */
  let held = new Map<SliceName, Map<string, string>>();

  function open(nowMs: number): DatabaseSync {
    if (database !== null) return database;
    try {
      database = openFile(file);
    } catch (error) {
      if (error instanceof NewerFileError) isNewer = true;
      if (sqliteFailure(error) !== 'corrupt') throw error;
      database = beginAnew(nowMs);
    }
    return database;
  }

  function beginAnew(nowMs: number): DatabaseSync {
    if (setAsideCount === MOST_SET_ASIDE) throw new DamagedAgainError();
    setAsideCount += 1;
    const kept = setAside(file, 'damaged', nowMs, ['-wal', '-shm']);
    accident = `The file that keeps the past for playback was damaged. It is kept as ${basename(kept)}, and a new one was begun.`;
    return openFile(file);
  }

  /** Takes the changes over into what is held; those that change nothing are left out. */
  function hold(changes: readonly Change[], whole: boolean, nowMs: number): Line[] {
    const lines: Line[] = [];
    const next = new Map<SliceName, Map<string, string>>();
    for (const { atMs, patch } of changes) {
      const line = lineOf(atMs, patch);
      const entries = held.get(line.slice) ?? new Map<string, string>();
      held.set(line.slice, entries);
      if (whole && line.text !== null) {
        const kept = next.get(line.slice) ?? new Map<string, string>();
        next.set(line.slice, kept.set(line.key, line.text));
      }
      if ((entries.get(line.key) ?? null) === line.text) continue;
      if (line.text === null) entries.delete(line.key);
      else entries.set(line.key, line.text);
      lines.push(line);
    }
    if (!whole) return lines;
    for (const [slice, entries] of held) {
      for (const key of entries.keys())
        if (next.get(slice)?.has(key) !== true) lines.push({ atMs: nowMs, slice, key, text: null });
    }
    held = next;
    return lines;
  }

  function writeLines(file: DatabaseSync, now: Writing, lines: readonly Line[], nowMs: number): void {
    if (lines.length === 0) return;
    const texts = lines.map(lineText);
    const block = (now.block ??= beginBlock(file, now, lines[0]?.atMs ?? nowMs, nowMs));
    block.lines.push(...texts);
    block.textLength += texts.reduce((sum, text) => sum + text.length, 0);
    block.fromMs = Math.min(block.fromMs, ...lines.map(({ atMs }) => atMs));
    const body = packLines(block.lines);
    file
      .prepare('UPDATE blocks SET body = ?, from_ms = ?, to_ms = ? WHERE id = ?')
      .run(body, block.fromMs, nowMs, block.id);
    if (block.textLength < BLOCK_TEXT && nowMs - block.startedMs < BLOCK_MS) return;
    now.chapterBytes += body.byteLength;
    now.block = null;
  }

  function beginBlock(file: DatabaseSync, now: Writing, fromMs: number, nowMs: number): OpenBlock {
    const { lastInsertRowid: id } = file
      .prepare(
        'INSERT INTO blocks (session, chapter, is_full, from_ms, to_ms, body) VALUES (?, ?, 0, ?, ?, ?)',
      )
      .run(now.session, now.chapter, fromMs, nowMs, packLines([]));
    return { id, lines: [], textLength: 0, fromMs, startedMs: nowMs };
  }

  function beginChapter(file: DatabaseSync, session: number, nowMs: number): Writing {
    const chapter =
      Number(file.prepare('SELECT coalesce(max(chapter), 0) AS last FROM blocks').get()?.last) + 1;
    const lines: string[] = [];
    for (const [slice, entries] of held)
      for (const [key, text] of entries) lines.push(lineText({ atMs: nowMs, slice, key, text }));
    file
      .prepare(
        'INSERT INTO blocks (session, chapter, is_full, from_ms, to_ms, body) VALUES (?, ?, 1, ?, ?, ?)',
      )
      .run(session, chapter, nowMs, nowMs, packLines(lines));
    return { session, chapter, chapterFromMs: nowMs, chapterBytes: 0, lastMs: nowMs, block: null };
  }

  function beginSession(file: DatabaseSync, nowMs: number): Writing {
    const { lastInsertRowid } = file
      .prepare('INSERT INTO sessions (from_ms, to_ms) VALUES (?, ?)')
      .run(nowMs, nowMs);
    return beginChapter(file, Number(lastInsertRowid), nowMs);
  }

  function writeDown(file: DatabaseSync, lines: readonly Line[], nowMs: number): void {
    const before = writing;
    const silentMs = before === null ? 0 : nowMs - before.lastMs;
    if (before === null || silentMs > SILENCE_MS || silentMs < 0) {
      writing = inTransaction(file, () => beginSession(file, nowMs));
      return;
    }
    const isLong = nowMs - before.chapterFromMs >= CHAPTER_MS || before.chapterBytes >= CHAPTER_BYTES;
    writing = inTransaction(file, () => {
      file.prepare('UPDATE sessions SET to_ms = ? WHERE id = ?').run(nowMs, before.session);
      writeLines(file, before, lines, nowMs);
      before.lastMs = nowMs;
      return isLong ? beginChapter(file, before.session, nowMs) : before;
    });
    // Not at the start of a session: a clock that is wrong for a moment must not make everything old.
    if (isLong) prune(file, limits, nowMs);
  }

  /** A failure ends the session: what was not written is a gap, and what comes after it begins with the whole desk. */
  function failed(error: unknown, nowMs: number): void {
    writing = null;
    trouble = wordsOf(error);
    if (sqliteFailure(error) !== 'corrupt' || database === null) return;
    closeQuietly(database);
    database = null;
    measured = NOTHING;
    try {
      database = beginAnew(nowMs);
      // What there is to say is said as the accident.
      trouble = null;
    } catch (second) {
      trouble = wordsOf(second);
    }
  }

  function attempt(nowMs: number, run: (file: DatabaseSync) => void): void {
    if (isNewer) return;
    try {
      const opened = open(nowMs);
      run(opened);
      measured = { since: keptSince(opened), sizeBytes: keptBytes(opened) };
      trouble = null;
    } catch (error) {
      failed(error, nowMs);
    }
  }

  function readable(): DatabaseSync {
    if (database === null) throw new Error(trouble ?? 'Nothing is kept of that time.');
    return database;
  }

  attempt(start.nowMs, () => undefined);

  return {
    write(changes, whole, nowMs) {
      const lines = hold(changes, whole, nowMs);
      attempt(nowMs, (file) => writeDown(file, lines, nowMs));
    },
    setLimits(wanted, nowMs) {
      limits = wanted;
      attempt(nowMs, (file) => prune(file, limits, nowMs));
    },
    moment: (atMs, since) => readMoment(readable(), atMs, since),
    gaps: (stretch, nowMs) => readGaps(readable(), stretch, nowMs),
    kept: () => ({ ...measured, trouble: trouble ?? accident }),
    close() {
      if (database !== null) closeQuietly(database);
      database = null;
    },
  };
}

const NOTHING = { since: null, sizeBytes: 0 };

/** A disk that damages what is written to it would be filled with what was set aside. */
const MOST_SET_ASIDE = 3;

/** One file after the other came to be damaged. */
class DamagedAgainError extends Error {}

function inTransaction<T>(file: DatabaseSync, run: () => T): T {
  file.exec('BEGIN IMMEDIATE');
  try {
    const result = run();
    file.exec('COMMIT');
    return result;
  } catch (error) {
    if (file.isTransaction) file.exec('ROLLBACK');
    throw error;
  }
}

function wordsOf(error: unknown): string {
  if (error instanceof NewerFileError)
    return 'What is kept for playback was written by a newer Quarterdeck. It is left as it is, and nothing is added to it.';
  if (error instanceof DamagedAgainError)
    return 'The file that keeps the past for playback is damaged again and again, and nothing more is kept until the desk is started again. Look after the disk.';
  switch (sqliteFailure(error)) {
    case 'corrupt':
      return 'The file that keeps the past for playback is damaged.';
    case 'read-only':
      return 'The file that keeps the past for playback cannot be written: it or its folder is read-only.';
    case 'full':
      return 'The disk is full: the past is not kept for playback.';
    case 'busy':
      return 'Another program holds the file that keeps the past for playback.';
    case 'other':
      return 'The disk refuses the file that keeps the past for playback.';
  }
}
