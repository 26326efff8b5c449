import type { DatabaseSync, StatementSync } from 'node:sqlite';

import type { JournalEntry, JournalHead, JournalQuery } from '#shared/domain/journal/journal.ts';
import { journalKind } from '#shared/domain/journal/journal.ts';
import type { EquityPoint } from '#shared/domain/portfolio/portfolio.ts';
import { add } from '#shared/money.ts';

import type { EquityRange } from '../queue/protocol.ts';
import { facetsOf } from './facets.ts';
import { matchExpression } from './query.ts';
import { seqRange } from './time-blocks.ts';
import { asNullableText, asNumber, asText } from '../file/rows.ts';

/** The backends with a value on record. One look into the index each, where DISTINCT would walk through every point. */
export const EQUITY_BACKENDS = `
  WITH RECURSIVE ids (id) AS (
    SELECT min(backend_id) FROM equity
    UNION ALL SELECT (SELECT min(backend_id) FROM equity WHERE backend_id > id) FROM ids WHERE id IS NOT NULL
  )
  SELECT id FROM ids WHERE id IS NOT NULL`;

/** In the order of `toEntry`. Rows come as arrays: an object with named members takes SQLite a fifth longer. */
const COLUMNS = 'seq, at_ms, kind, backend_id, entries.summary, entries.data, hash';
const KINDS = journalKind.options;
const LAST_SEQ = Number.MAX_SAFE_INTEGER;

interface Condition {
  text: string;
  values: readonly (string | number)[];
}

/** Oldest first, those after `afterSeq`; for reading through everything that a search finds. */
export function searchOnward(
  database: DatabaseSync,
  query: JournalQuery,
  afterSeq: number,
  limit: number,
): JournalEntry[] {
  return find(database, { ...query, beforeSeq: null, limit }, { afterSeq, order: 'ASC' });
}

/** Newest first. Text, kinds and backend are looked up in the word index, times in theirs: no search scans the entries. */
export const search = (database: DatabaseSync, query: JournalQuery): JournalEntry[] =>
  find(database, query, { afterSeq: 0, order: 'DESC' });

function find(
  database: DatabaseSync,
  query: JournalQuery,
  { afterSeq, order }: { afterSeq: number; order: 'ASC' | 'DESC' },
): JournalEntry[] {
  const match = matchExpression(query);
  if (match.kind === 'nothing') return [];
  const fromMs = query.fromMs ?? 0;
  const toMs = query.toMs ?? Number.MAX_SAFE_INTEGER;
  const timed = query.fromMs !== null || query.toMs !== null;
  const range = timed ? seqRange(database, fromMs, toMs) : { first: 1, last: LAST_SEQ };
  if (range === null) return [];
  const first = Math.max(range.first, afterSeq + 1);
  const last = query.beforeSeq === null ? range.last : Math.min(range.last, query.beforeSeq - 1);

  // CROSS JOIN keeps the word index outside, where it yields row ids in order and stops at the limit; +at_ms keeps
  // the time index out of it, since its order is not the one asked for.
  const [from, seq] =
    match.kind === 'words'
      ? ['entry_words CROSS JOIN entries ON entries.seq = entry_words.rowid', 'entry_words.rowid']
      : ['entries', 'seq'];
  const conditions: Condition[] = [
    ...(match.kind === 'words' ? [{ text: 'entry_words MATCH ?', values: [match.expression] }] : []),
    ...(first > 1 || last < LAST_SEQ ? [{ text: `${seq} BETWEEN ? AND ?`, values: [first, last] }] : []),
    ...(timed ? [{ text: '+at_ms BETWEEN ? AND ?', values: [fromMs, toMs] }] : []),
  ];
  const where = conditions.length === 0 ? '' : `WHERE ${conditions.map(({ text }) => text).join(' AND ')}`;
  const statement = prepared(
    database,
    `SELECT ${COLUMNS} FROM ${from} ${where} ORDER BY ${seq} ${order} LIMIT ?`,
  );
  const rows: unknown[] = statement.all(...conditions.flatMap(({ values }) => values), query.limit);
  return rows.map(toEntry);
}

/** The few forms that a search has, kept as long as their file is open: preparing one takes a third of a search for a rare word. */
const searches = new WeakMap<DatabaseSync, Map<string, StatementSync>>();

function prepared(database: DatabaseSync, sql: string): StatementSync {
  const known = searches.get(database) ?? new Map<string, StatementSync>();
  searches.set(database, known);
  const kept = known.get(sql);
  if (kept !== undefined) return kept;
  const statement = database.prepare(sql);
  statement.setReturnArrays(true);
  known.set(sql, statement);
  return statement;
}

/**
 * At most about `maxPoints` points over all backends, the last of each stretch of time; deposits made within a stretch
 * are added up on its point, so that none is lost by thinning.
 */
export function equity(database: DatabaseSync, range: EquityRange): EquityPoint[] {
  const { fromMs, toMs } = range;
  const backends = database
    .prepare(EQUITY_BACKENDS)
    .all()
    .map((row) => asText(row.id));
  const perBackend = Math.max(2, Math.floor(range.maxPoints / Math.max(1, backends.length)));
  const stretchMs = Math.max(1, Math.ceil((toMs - fromMs + 1) / perBackend));

  // JavaScript numbers arrive as floats, and a division of those would make a stretch of every point.
  // With max() the other columns come from the row that holds the maximum (SQLite: "bare columns in an aggregate").
  const newest = database.prepare(`
    SELECT backend_id, max(at_ms) AS at_ms, total_usd FROM equity
    WHERE backend_id = ?1 AND at_ms BETWEEN ?2 AND ?3 GROUP BY CAST((at_ms - ?2) / ?4 AS INTEGER) ORDER BY at_ms`);
  const deposits = database.prepare(`
    SELECT at_ms, deposit_usd FROM equity
    WHERE backend_id = ? AND at_ms BETWEEN ? AND ? AND deposit_usd IS NOT NULL ORDER BY at_ms`);

  return backends
    .flatMap((backendId) => {
      const depositOf = new Map<number, string>();
      for (const row of deposits.iterate(backendId, fromMs, toMs)) {
        const stretch = Math.floor((asNumber(row.at_ms) - fromMs) / stretchMs);
        depositOf.set(stretch, add(depositOf.get(stretch) ?? '0', asText(row.deposit_usd)));
      }
      return newest.all(backendId, fromMs, toMs, stretchMs).map((row) => {
        const atMs = asNumber(row.at_ms);
        const depositUsd = depositOf.get(Math.floor((atMs - fromMs) / stretchMs)) ?? null;
        return { backendId, atMs, totalUsd: asText(row.total_usd), depositUsd };
      });
    })
    .sort((a, b) => a.atMs - b.atMs);
}

export function recall(database: DatabaseSync, key: string): string | null {
  const row = database.prepare('SELECT value FROM memory WHERE key = ?').get(key);
  return row === undefined ? null : asText(row.value);
}

/** The last entry written before a time by its own time; `null` when there is none. */
export function headBefore(database: DatabaseSync, beforeMs: number): JournalHead | null {
  const row = database
    .prepare('SELECT seq, hash, at_ms FROM entries WHERE at_ms < ? ORDER BY at_ms DESC, seq DESC LIMIT 1')
    .get(beforeMs);
  if (row === undefined) return null;
  return { seq: asNumber(row.seq), hash: asText(row.hash), atMs: asNumber(row.at_ms) };
}

function toEntry(row: unknown): JournalEntry {
  const columns: readonly unknown[] = Array.isArray(row) ? row : [];
  const kind = asText(columns[2]);
  const data = asText(columns[5]);
  const { severity, symbol } = facetsOf(kind, data);
  return {
    seq: asNumber(columns[0]),
    atMs: asNumber(columns[1]),
    // A kind that only a newer version knows is still an entry.
    kind: KINDS.find((known) => known === kind) ?? 'system',
    backendId: asNullableText(columns[3]),
    severity,
    symbol,
    summary: asText(columns[4]),
    data,
    hash: asText(columns[6]),
  };
}
