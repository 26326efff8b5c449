import type { DatabaseSync } from 'node:sqlite';

import type { Retention } from '#shared/domain/journal/journal.ts';
import type { EquityPoint } from '#shared/domain/portfolio/portfolio.ts';
import { HOUR_MS, LAST_DATE_MS, MINUTE_MS } from '#shared/time.ts';

import { CANDLE_LIMITS, createCandleTable } from './candles.ts';
import { type ChainedRecord, chainHash } from '../chain/chain.ts';
import { signOff } from '../chain/checkpoint.ts';
import { isDiskTrouble } from './failures.ts';
import type { ChainHead } from './head.ts';
import { readHead } from './head.ts';
import type { MinuteCandle } from '../queue/price-minutes.ts';
import type { Batch, Lane, Operation } from '../queue/protocol.ts';
import { deleteGaps, nextPruneStep } from '../chain/pruning.ts';
import { entryTags } from '../search/query.ts';
import { createTimeBlocks } from '../search/time-blocks.ts';
import { asNumber, asText } from './rows.ts';

/** The last operation of each lane that the file holds, of the session that wrote last. */
export interface WrittenUpTo extends Record<Lane, number> {
  session: string;
}

export interface Writer {
  head(): ChainHead;
  /** The session whose operations are written from now on; a fresh one starts counting at nothing. */
  useSession(session: string, fresh: boolean): void;
  /**
   * Writes a batch in one transaction, all or none, leaving out what the file already holds. With something prompt in it,
   * it returns only after the disk was synced. Throws on trouble of the disk. Returns how many operations this file will
   * never take.
   */
  write(batch: Batch): number;
  /** Deletes the next step of what this retention lets go, signed off in the chain (D8). Returns how many entries went. */
  prune(retention: Retention, nowMs: number): number;
  /** Begins an empty file behind an end that another file has: its first entry signs off what is not in it. */
  continueFrom(end: { seq: number; hash: string }, summary: string, nowMs: number): void;
  /** Takes records over from a damaged file, keeping their sequence numbers and chaining them anew. */
  restore(run: (put: RestoreTarget) => void): void;
}

/** In the order in which they are written. */
const LANES = ['bulk', 'prompt'] as const satisfies readonly Lane[];

export interface RestoreTarget {
  entry(record: ChainedRecord): void;
  equity(point: EquityPoint): void;
  candle(candle: MinuteCandle): void;
  memory(key: string, value: string): void;
  progress(written: WrittenUpTo): void;
}

/** The only code that changes the file. One per open database. */
export function createWriter(database: DatabaseSync, limits = CANDLE_LIMITS): Writer {
  const insertEntry = database.prepare('INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?)');
  const insertWords = database.prepare(
    'INSERT INTO entry_words (rowid, summary, data, tags) VALUES (?, ?, ?, ?)',
  );
  const noteGap = database.prepare('INSERT INTO checkpoints VALUES (?, ?, ?, ?)');
  const saveHead = database.prepare('UPDATE chain_head SET seq = ?, hash = ?, entries = ?');
  const saveNumber = database.prepare('UPDATE writer SET session = ?, number = ?, prompt_number = ?');
  const insertMemory = database.prepare(
    'INSERT INTO memory VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  );
  const insertEquity = database.prepare(`
    INSERT INTO equity VALUES (?1, ?2, ?3, ?4) ON CONFLICT (backend_id, at_ms)
    DO UPDATE SET total_usd = excluded.total_usd, deposit_usd = coalesce(excluded.deposit_usd, deposit_usd)`);
  const equityInMinute = database.prepare(
    'SELECT 1 FROM equity WHERE backend_id = ? AND at_ms >= ? AND at_ms < ? LIMIT 1',
  );

  const saveWritten = ({ session, prompt, bulk }: WrittenUpTo): void =>
    void saveNumber.run(session, bulk, prompt);

  // Prepared, because each entry is one of these.
  const setSavepoint = database.prepare('SAVEPOINT operation');
  const release = database.prepare('RELEASE operation');
  const rollBack = database.prepare('ROLLBACK TO operation');

  const candles = createCandleTable(database, limits);
  const timeBlocks = createTimeBlocks(database);

  let newestCandleMs = 0;
  let tidiedMs = 0;
  let head = continuedHead(database);
  let written = readWritten(database);

  function appendEntry(record: ChainedRecord): void {
    const { seq, atMs, kind, backendId, summary, data } = record;
    const hash = chainHash(head.hash, record);
    insertEntry.run(seq, atMs, kind, backendId, summary, data, hash);
    insertWords.run(seq, summary, data, entryTags(kind, backendId, data));
    timeBlocks.note(seq, atMs);
    head = { seq, hash, entries: head.entries + 1 };
  }

  function appendEquity(point: EquityPoint): void {
    const minute = Math.floor(point.atMs / MINUTE_MS) * MINUTE_MS;
    const known = equityInMinute.get(point.backendId, minute, minute + MINUTE_MS) !== undefined;
    if (known && point.depositUsd === null) return;
    insertEquity.run(point.backendId, point.atMs, point.totalUsd, point.depositUsd);
  }

  function apply(operation: Operation): void {
    switch (operation.kind) {
      case 'entry': {
        const { atMs, entryKind, backendId, summary, data } = operation;
        appendEntry({ seq: head.seq + 1, atMs, kind: entryKind, backendId, summary, data });
        break;
      }
      case 'equity':
        appendEquity(operation.point);
        break;
      case 'candle':
        candles.put(operation.candle);
        newestCandleMs = Math.max(newestCandleMs, operation.candle.atMs);
        break;
      case 'memory':
        insertMemory.run(operation.key, operation.value);
        break;
    }
  }

  /** One that can never be written must not keep all others waiting for ever: it is rolled back alone and counted. */
  function attempt<T>(run: () => T): { value: T } | null {
    const before = head;
    setSavepoint.run();
    try {
      const value = run();
      release.run();
      return { value };
    } catch (error) {
      if (isDiskTrouble(error) || !database.isTransaction) throw error;
      rollBack.run();
      release.run();
      head = before;
      return null;
    }
  }

  /** Once an hour of the desk's clock, in steps: old candles make room while new ones come. */
  function tidyCandles(): void {
    if (newestCandleMs - tidiedMs < HOUR_MS) return;
    const step = attempt(() => candles.tidy(newestCandleMs));
    if (step?.value !== true) tidiedMs = newestCandleMs;
  }

  function transaction(run: () => void): void {
    const before = head;
    database.exec('BEGIN IMMEDIATE');
    try {
      run();
      saveHead.run(head.seq, head.hash, head.entries);
      database.exec('COMMIT');
    } catch (error) {
      head = before;
      if (database.isTransaction) database.exec('ROLLBACK');
      throw error;
    }
  }

  return {
    head: () => head,
    useSession(name, fresh) {
      if (written.session === name && !fresh) return;
      written = { session: name, prompt: 0, bulk: 0 };
    },
    write(batch) {
      const next = { ...written };
      const missing = LANES.flatMap((lane) => {
        const coming = batch[lane].filter((operation) => operation.number > written[lane]);
        next[lane] = coming.at(-1)?.number ?? written[lane];
        return coming;
      });
      let spoiled = 0;
      // In WAL mode NORMAL does not sync at a commit, FULL does, and a sync covers all commits before it.
      database.exec(`PRAGMA synchronous = ${batch.prompt.length > 0 ? 'FULL' : 'NORMAL'}`);
      transaction(() => {
        for (const operation of missing) if (attempt(() => apply(operation)) === null) spoiled += 1;
        tidyCandles();
        saveWritten(next);
      });
      written = next;
      return spoiled;
    },
    prune(retention, nowMs) {
      const step = nextPruneStep(database, retention, nowMs);
      if (step === null) return 0;
      transaction(() => {
        const { gaps, entries, oldestAtMs, newestAtMs } = step;
        const seq = head.seq + 1;
        const days = [oldestAtMs, newestAtMs].map(dayOf);
        const summary = `${entries} old entries were deleted as set in Settings, of ${[...new Set(days)].join(' to ')}.`;
        appendEntry({ seq, atMs: nowMs, kind: 'system', backendId: null, summary, data: signOff(gaps) });
        deleteGaps(database, gaps, seq);
        head = { ...head, entries: head.entries - entries };
      });
      return step.entries;
    },
    continueFrom(end, summary, nowMs) {
      transaction(() => {
        const gaps = end.seq === 0 ? [] : [{ from: 1, to: end.seq, hash: end.hash }];
        const seq = end.seq + 1;
        head = { ...end, entries: 0 };
        for (const { from, to, hash } of gaps) noteGap.run(to, from, hash, seq);
        appendEntry({ seq, atMs: nowMs, kind: 'system', backendId: null, summary, data: signOff(gaps) });
      });
    },
    restore(run) {
      transaction(() =>
        run({
          entry: appendEntry,
          equity: (point) =>
            void insertEquity.run(point.backendId, point.atMs, point.totalUsd, point.depositUsd),
          candle: (candle) => candles.put(candle),
          memory: (key, value) => void insertMemory.run(key, value),
          progress(known) {
            saveWritten(known);
            written = known;
          },
        }),
      );
    },
  };
}

/** A time that is no date stands in no way of deleting. */
const dayOf = (atMs: number): string =>
  new Date(Math.min(atMs, LAST_DATE_MS)).toISOString().split('T')[0] ?? '';

/** Where the chain goes on. Entries behind the stored head (something else wrote it) do not keep new ones out. */
function continuedHead(database: DatabaseSync): ChainHead {
  const head = readHead(database);
  const last = database.prepare('SELECT seq, hash FROM entries ORDER BY seq DESC LIMIT 1').get();
  if (last === undefined || asNumber(last.seq) <= head.seq) return head;
  return { ...head, seq: asNumber(last.seq), hash: asText(last.hash) };
}

export function readWritten(database: DatabaseSync): WrittenUpTo {
  const row = database.prepare('SELECT session, number, prompt_number FROM writer').get();
  return { session: asText(row?.session), prompt: asNumber(row?.prompt_number), bulk: asNumber(row?.number) };
}
