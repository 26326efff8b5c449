import { existsSync, renameSync, rmSync } from 'node:fs';
import { basename } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';

import type { JournalExport, JournalHealth, JournalIntegrity, Retention } from '#shared/domain/journal.ts';

import { setAside } from '../../lib/set-aside.ts';
import { readCandles } from './candles.ts';
import { classifyFailure, describeFailure } from './failures.ts';
import type { ExportOrder } from '../export/exporting.ts';
import { exportEntries } from '../export/exporting.ts';
import {
  closeQuietly,
  COMPANION_SUFFIXES,
  isEmptyFile,
  openReadable,
  openWritable,
  sizeBytes,
} from './open-file.ts';
import type { Batch, ReadCall, ReadResult, WorkerStart } from '../queue/protocol.ts';
import { previewPruning } from '../chain/pruning.ts';
import { equity, headBefore, recall, search } from '../search/reader.ts';
import { salvage, type SalvageReport } from './salvage.ts';
import { type ChainPoint, readVerified, saveVerified, verifyChain } from '../chain/verify.ts';
import { createWriter, type Writer } from './writer.ts';

export interface JournalStore {
  health(): JournalHealth;
  /** Writes all or nothing; `null` when refused, with the reason in `health`. Otherwise how many were spoiled. */
  write(batch: Batch, nowMs: number): number | null;
  /** Throws with words for a person. */
  read(call: Exclude<ReadCall, { name: 'verify' }>, nowMs: number): ReadResult;
  /** Yields between slices. `from: 'verified'` starts where the last verification ended. */
  verify(from: 'beginning' | 'verified'): Generator<void, JournalIntegrity>;
  /** Yields how many entries were written. Throws with words for a person. */
  export(order: ExportOrder): Generator<number, JournalExport>;
  /** Deletes one step of what this retention lets go; how many entries went, 0 when there are no more or the disk refuses. */
  prune(retention: Retention, nowMs: number): number;
  close(): void;
}

/** The journal's file as the worker holds it: opened, re-opened after trouble, and rebuilt when it is damaged (D6). */
export function openStore(start: WorkerStart): JournalStore {
  const { file, session } = start;
  let database: DatabaseSync | null = null;
  let writer: Writer | null = null;
  let trouble: { state: 'read-only' | 'failing'; words: string } | null = null;
  let rebuilt: string | null = null;
  let brokenAtSeq: number | null = null;
  let counted = { entries: 0, newestSeq: 0 };

  function open(check: boolean, nowMs: number): void {
    release();
    try {
      finishRebuild(file);
      const wasEmpty = isEmptyFile(file);
      adopt(openWritable(file, { check }));
      if (wasEmpty) rebuilt ??= 'The journal file was there but empty; a new journal was begun.';
    } catch (error) {
      if (classifyFailure(error) === 'corrupt') rebuild(nowMs);
      else openForReading(error);
    }
  }

  function count(from: Writer): void {
    const { entries, seq } = from.head();
    counted = { entries, newestSeq: seq };
  }

  function adopt(opened: DatabaseSync): void {
    database = opened;
    writer = createWriter(opened);
    writer.useSession(session, false);
    count(writer);
    trouble = null;
  }

  function openForReading(cause: unknown): void {
    const failure = classifyFailure(cause);
    try {
      database = openReadable(file);
      const readOnly = failure === 'read-only' || failure === 'newer';
      trouble = { state: readOnly ? 'read-only' : 'failing', words: describeFailure(cause) };
    } catch {
      trouble = { state: 'failing', words: describeFailure(cause) };
    }
  }

  function rebuild(nowMs: number): void {
    release();
    try {
      const result = rebuildFile(file, nowMs);
      rebuilt = result.words;
      brokenAtSeq = null;
      adopt(openWritable(file, { check: false }));
    } catch (error) {
      trouble = {
        state: 'failing',
        words: `The journal file is damaged and cannot be rebuilt yet. ${describeFailure(error)}`,
      };
    }
  }

  function release(): void {
    if (database !== null) closeQuietly(database);
    database = null;
    writer = null;
  }

  function tryWrite(batch: Batch): number | null {
    if (writer === null) return null;
    const spoiled = writer.write(batch);
    count(writer);
    trouble = null;
    return spoiled;
  }

  open(true, start.nowMs);
  if (start.fresh) currentWriter()?.useSession(session, true);

  /** Read through a function: what `open` assigned is invisible to the compiler's narrowing. */
  function currentWriter(): Writer | null {
    return writer;
  }

  function currentDatabase(): DatabaseSync {
    if (database === null) throw new Error(trouble?.words ?? 'The journal is closed.');
    return database;
  }

  return {
    health() {
      const size = sizeBytes(file);
      const base = { ...counted, sizeBytes: size };
      if (trouble !== null) return { ...base, state: trouble.state, trouble: trouble.words };
      if (brokenAtSeq !== null) return { ...base, state: 'failing', trouble: alteredWords(brokenAtSeq) };
      return { ...base, state: rebuilt === null ? 'ok' : 'rebuilt', trouble: rebuilt };
    },
    write(batch, nowMs) {
      // After trouble the file is opened anew: what is wrong may have been put right from outside.
      if (trouble !== null || writer === null) open(false, nowMs);
      try {
        return tryWrite(batch);
      } catch (error) {
        if (classifyFailure(error) !== 'corrupt') {
          const state = classifyFailure(error) === 'read-only' ? 'read-only' : 'failing';
          trouble = { state, words: describeFailure(error) };
          return null;
        }
      }
      rebuild(nowMs);
      try {
        return tryWrite(batch);
      } catch (error) {
        trouble = { state: 'failing', words: describeFailure(error) };
        return null;
      }
    },
    read(call, nowMs) {
      if (database === null) open(false, nowMs);
      try {
        return readFrom(currentDatabase(), call, nowMs);
      } catch (error) {
        if (classifyFailure(error) !== 'corrupt') throw error;
      }
      // A damaged file of a newer version, or one that cannot be replaced, is left alone.
      if (writer === null) throw new Error('The journal file is damaged at this place.');
      rebuild(nowMs);
      return readFrom(currentDatabase(), call, nowMs);
    },
    *verify(from) {
      const opened = currentDatabase();
      const integrity = yield* verifyChain(opened, from === 'verified' ? readVerified(opened) : null);
      brokenAtSeq = integrity.brokenAtSeq;
      const head = currentWriter()?.head();
      if (integrity.intact && head?.hash === integrity.headHash) rememberVerified(opened, head);
      return integrity;
    },
    export: (order) => exportEntries(currentDatabase(), order),
    prune(retention, nowMs) {
      try {
        const pruned = writer?.prune(retention, nowMs) ?? 0;
        if (writer !== null) count(writer);
        return pruned;
      } catch (error) {
        // What was not deleted now is deleted an hour later; the next write says what is wrong with the disk.
        if (trouble === null && classifyFailure(error) === 'other') throw error;
        return 0;
      }
    },
    close: release,
  };
}

function readFrom(
  database: DatabaseSync,
  call: Exclude<ReadCall, { name: 'verify' }>,
  nowMs: number,
): ReadResult {
  switch (call.name) {
    case 'search':
      return { name: 'search', value: search(database, call.query) };
    case 'equity':
      return { name: 'equity', value: equity(database, call.range) };
    case 'candles':
      return { name: 'candles', value: readCandles(database, call.range) };
    case 'retention':
      return { name: 'retention', value: previewPruning(database, call.retention, nowMs) };
    case 'head':
      return { name: 'head', value: headBefore(database, call.beforeMs) };
    case 'recall':
      return { name: 'recall', value: recall(database, call.key) };
  }
}

/** Only spares the next start some work: a disk that refuses it does not spoil the answer. */
function rememberVerified(database: DatabaseSync, point: ChainPoint): void {
  try {
    saveVerified(database, point);
  } catch {
    // The next write says what is wrong with the disk.
  }
}

const rebuildingName = (file: string): string => `${file}.rebuilding`;

/**
 * Salvages into a file beside the damaged one and puts it in its place only when it is complete, so that a crash or a
 * full disk in the middle leaves the damaged file where it was.
 */
function rebuildFile(file: string, nowMs: number): { words: string } {
  const fresh = rebuildingName(file);
  for (const suffix of ['', ...COMPANION_SUFFIXES]) rmSync(fresh + suffix, { force: true });
  const database = openWritable(fresh, { check: false });
  let words: string;
  try {
    const writer = createWriter(database);
    const report = salvage(file, writer);
    words = describeSalvage(report);
    writer.restore((target) =>
      target.entry({
        seq: writer.head().seq + 1,
        atMs: nowMs,
        kind: 'system',
        backendId: null,
        summary: words,
        data: JSON.stringify({ event: 'journal-rebuilt', ...report }),
      }),
    );
  } finally {
    closeQuietly(database);
  }
  const kept = setAside(file, 'corrupt', nowMs, COMPANION_SUFFIXES);
  renameSync(fresh, file);
  return { words: `${words} The damaged file is kept as ${basename(kept)}.` };
}

/** A crash between the two renames of a rebuild leaves no journal and a complete new one beside it. */
function finishRebuild(file: string): void {
  const fresh = rebuildingName(file);
  if (!existsSync(file) && existsSync(fresh) && !existsSync(`${fresh}-wal`)) renameSync(fresh, file);
}

function describeSalvage({ entries, expected, misfits }: SalvageReport): string {
  const of = expected === null ? '' : ` of ${expected}`;
  const misfit = misfits === 0 ? '' : ` ${misfits} of them did not fit the audit chain.`;
  return `The journal was damaged and has been rebuilt: ${entries}${of} entries were saved.${misfit}`;
}

const alteredWords = (seq: number): string =>
  `Entry ${seq} does not fit the audit chain: something other than Quarterdeck changed the journal.`;
