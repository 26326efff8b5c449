import type { DatabaseSync, StatementSync } from 'node:sqlite';

import { toCandle } from './candles.ts';
import { type ChainedRecord, chainHash, GENESIS_HASH } from '../chain/chain.ts';
import { classifyFailure } from './failures.ts';
import { closeQuietly, openReadable } from './open-file.ts';
import { asNullableText, asNumber, asText } from './rows.ts';
import { readWritten, type RestoreTarget, type Writer } from './writer.ts';

export interface SalvageReport {
  entries: number;
  /** Entries that the damaged file says it held, `null` where not even that can be read. */
  expected: number | null;
  /** Entries whose hash did not fit in the old file. */
  misfits: number;
}

const PAGE = 500;
const MAX_FAILED_READS = 20_000;

/**
 * Copies every record that can still be read from a damaged file into a new one. Entries keep their sequence numbers
 * and are chained anew, since a gap would break the old chain for ever; what the old chain said is in the report, and
 * the damaged file itself is left as it is. Throws only where the new file cannot be written.
 */
export function salvage(damagedFile: string, writer: Writer): SalvageReport {
  const report: SalvageReport = { entries: 0, expected: null, misfits: 0 };
  let source: DatabaseSync | null = null;
  try {
    source = openReadable(damagedFile);
  } catch {
    return report;
  }
  const damaged = source;
  writer.restore((target) => {
    attempt(() => {
      report.expected = asNumber(damaged.prepare('SELECT entries FROM chain_head').get()?.entries);
    });
    copyFacts(damaged, target);
    attempt(() => {
      target.progress(readWritten(damaged));
    });
    attempt(() => copyEntries(damaged, target, report));
    copySeries(damaged, target);
  });
  closeQuietly(source);
  return report;
}

/** Small facts, as far as they can be read. */
export function copyFacts(source: DatabaseSync, target: RestoreTarget): void {
  attempt(() => copyMemory(source, target));
}

/**
 * Entries, points and candles of a file that is whole. Entries keep their numbers, or get those that `nextSeq` gives. Returns
 * how many entries there were. Throws where one cannot be read or written.
 */
export function copyRecords(
  source: DatabaseSync,
  target: RestoreTarget,
  nextSeq: (() => number) | null,
): number {
  let entries = 0;
  for (const row of source.prepare('SELECT * FROM entries ORDER BY seq').iterate()) {
    const record = toRecord(row);
    target.entry(nextSeq === null ? record : { ...record, seq: nextSeq() });
    entries += 1;
  }
  copySeries(source, target);
  return entries;
}

function copySeries(source: DatabaseSync, target: RestoreTarget): void {
  attempt(() => copyEquity(source, target));
  attempt(() => copyCandles(source, target));
}

function copyEntries(source: DatabaseSync, target: RestoreTarget, report: SalvageReport): void {
  const page = source.prepare('SELECT * FROM entries WHERE seq > ? ORDER BY seq LIMIT ?');
  let previous = { seq: 0, hash: GENESIS_HASH };
  for (const row of readableRows(page, 'seq')) {
    attempt(() => {
      const record = toRecord(row);
      const hash = asText(row.hash);
      // After a gap the hash before is not known, so nothing can be said about the first entry behind it.
      if (record.seq === previous.seq + 1 && chainHash(previous.hash, record) !== hash) report.misfits += 1;
      target.entry(record);
      previous = { seq: record.seq, hash };
      report.entries += 1;
    });
  }
}

const toRecord = (row: ReturnType<StatementSync['all']>[number]): ChainedRecord => ({
  seq: asNumber(row.seq),
  atMs: asNumber(row.at_ms),
  kind: asText(row.kind),
  backendId: asNullableText(row.backend_id),
  summary: asText(row.summary),
  data: asText(row.data),
});

function copyEquity(source: DatabaseSync, target: RestoreTarget): void {
  for (const row of source.prepare('SELECT * FROM equity').iterate()) {
    target.equity({
      backendId: asText(row.backend_id),
      atMs: asNumber(row.at_ms),
      totalUsd: asText(row.total_usd),
      depositUsd: asNullableText(row.deposit_usd),
    });
  }
}

function copyCandles(source: DatabaseSync, target: RestoreTarget): void {
  for (const row of source.prepare('SELECT * FROM candles').iterate()) {
    target.candle({ backendId: asText(row.backend_id), symbol: asText(row.symbol), ...toCandle(row) });
  }
}

function copyMemory(source: DatabaseSync, target: RestoreTarget): void {
  for (const row of source.prepare('SELECT * FROM memory').iterate()) {
    target.memory(asText(row.key), asText(row.value));
  }
}

/** Rows by rising key; where a page of the file is unreadable it goes on behind it, in growing steps, for so long. */
function* readableRows(
  page: StatementSync,
  key: string,
): Generator<ReturnType<StatementSync['all']>[number]> {
  let after = 0;
  let limit = PAGE;
  let failedReads = 0;
  while (failedReads < MAX_FAILED_READS) {
    let rows: ReturnType<StatementSync['all']>;
    try {
      rows = page.all(after, limit);
    } catch {
      if (limit === 1) {
        failedReads += 1;
        after += 1 + Math.floor(failedReads / 64);
      }
      limit = 1;
      continue;
    }
    if (rows.length === 0) return;
    yield* rows;
    after = asNumber(rows.at(-1)?.[key]);
    limit = Math.min(PAGE, limit * 2);
  }
}

/** One unreadable part does not keep the others from being saved; a new file that takes nothing does. */
function attempt(run: () => void): void {
  try {
    run();
  } catch (error) {
    const failure = classifyFailure(error);
    if (failure === 'full' || failure === 'read-only') throw error;
  }
}
