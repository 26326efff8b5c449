import type { DatabaseSync } from 'node:sqlite';

import type {
  JournalExport,
  JournalHealth,
  JournalIntegrity,
  Retention,
} from '#shared/domain/journal/journal.ts';

import { classifyFailure, describeFailure } from './failures.ts';
import type { ExportOrder } from '../export/export-order.ts';
import { exportEntries } from '../export/exporting.ts';
import { closeQuietly, isEmptyFile, openReadable, openWritable, sizeBytes } from './open-file.ts';
import { readHead } from './head.ts';
import type { Batch, ReadCall, ReadResult, WorkerStart } from '../queue/protocol.ts';
import { answer, answerBoth } from '../search/answer.ts';
import { continuationFile, openContinuation, takeOverContinuation } from './continuation.ts';
import { isOwnFile } from './own-file.ts';
import { finishRebuild, rebuildFile } from './rebuild.ts';
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
  /** The journal's own file, only read, while entries are kept beside it because a newer version wrote it. */
  let newer: DatabaseSync | null = null;
  let counted = { entries: 0, newestSeq: 0 };

  function open(check: boolean, nowMs: number): void {
    release();
    try {
      finishRebuild(file);
      const wasEmpty = isEmptyFile(file);
      adopt(openWritable(file, { check }));
      if (wasEmpty) rebuilt ??= 'The journal file was there but empty; a new journal was begun.';
      takeOver(nowMs);
    } catch (error) {
      if (classifyFailure(error) === 'corrupt') rebuild(nowMs);
      else if (classifyFailure(error) === 'newer') continueBeside(error, nowMs);
      else openForReading(error);
    }
  }

  function takeOver(nowMs: number): void {
    if (database === null || writer === null) return;
    try {
      takeOverContinuation(file, database, writer, nowMs);
      count(writer);
    } catch (error) {
      // It stays where it is and is tried again at the next start; the journal itself goes on.
      rebuilt ??= `What an older Quarterdeck kept beside the journal could not be taken over. ${describeFailure(error)}`;
    }
  }

  /** A file of a newer version is left as it is: what happens now is kept beside it and taken over by that version. */
  function continueBeside(cause: unknown, nowMs: number): void {
    openForReading(cause);
    if (database === null) return;
    newer = database;
    try {
      adopt(openContinuation(file, newer, nowMs));
    } catch {
      // Then it is only read.
      newer = null;
    }
  }

  function count(from: Writer): void {
    const { entries, seq } = from.head();
    counted = { entries: entries + olderEntries(), newestSeq: seq };
  }

  function olderEntries(): number {
    if (newer === null) return 0;
    try {
      return readHead(newer).entries;
    } catch {
      return 0;
    }
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
    const path = newer === null ? file : continuationFile(file);
    release();
    try {
      const result = rebuildFile(path, nowMs);
      rebuilt = result.words;
      brokenAtSeq = null;
      if (path === file) adopt(openWritable(file, { check: false }));
      else open(false, nowMs);
    } catch (error) {
      trouble = {
        state: 'failing',
        words: `The journal file is damaged and cannot be rebuilt yet. ${describeFailure(error)}`,
      };
    }
  }

  function release(): void {
    for (const opened of [database, newer]) if (opened !== null) closeQuietly(opened);
    database = null;
    newer = null;
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

  function tell(call: Exclude<ReadCall, { name: 'verify' }>, nowMs: number): ReadResult {
    const opened = currentDatabase();
    return newer === null ? answer(opened, call, nowMs) : answerBoth(newer, opened, call, nowMs);
  }

  return {
    health() {
      const size = sizeBytes(file) + (newer === null ? 0 : sizeBytes(continuationFile(file)));
      const base = { ...counted, sizeBytes: size };
      if (trouble !== null) return { ...base, state: trouble.state, trouble: trouble.words };
      if (brokenAtSeq !== null) return { ...base, state: 'failing', trouble: alteredWords(brokenAtSeq) };
      if (rebuilt === null && newer !== null)
        return { ...base, state: 'continued', trouble: CONTINUED_WORDS };
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
        return tell(call, nowMs);
      } catch (error) {
        if (classifyFailure(error) !== 'corrupt') throw error;
      }
      // A damaged file of a newer version, or one that cannot be replaced, is left alone.
      if (writer === null) throw new Error('The journal file is damaged at this place.');
      rebuild(nowMs);
      return tell(call, nowMs);
    },
    *verify(from) {
      const opened = currentDatabase();
      const integrity = yield* verifyChain(opened, from === 'verified' ? readVerified(opened) : null);
      brokenAtSeq = integrity.brokenAtSeq;
      const head = currentWriter()?.head();
      if (integrity.intact && head?.hash === integrity.headHash) rememberVerified(opened, head);
      return integrity;
    },
    export(order) {
      if (isOwnFile(order.path, file))
        throw new Error('That is a file of the journal itself. Choose another.');
      const own = currentDatabase();
      return exportEntries(newer === null ? [own] : [newer, own], order);
    },
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

/** Only spares the next start some work: a disk that refuses it does not spoil the answer. */
function rememberVerified(database: DatabaseSync, point: ChainPoint): void {
  try {
    saveVerified(database, point);
  } catch {
    // The next write says what is wrong with the disk.
  }
}

const CONTINUED_WORDS =
  'A newer Quarterdeck wrote the journal. This one reads it and keeps what happens now in a file beside it, which the newer one takes over.';

const alteredWords = (seq: number): string =>
  `Entry ${seq} does not fit the audit chain: something other than Quarterdeck changed the journal.`;
