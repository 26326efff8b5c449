import type { DatabaseSync } from 'node:sqlite';

import type { JournalIntegrity } from '#shared/domain/journal/journal.ts';

import { chainHash, GENESIS_HASH } from './chain.ts';
import type { Gap } from './checkpoint.ts';
import { gapsSignedOff } from './checkpoint.ts';
import { asNullableText, asNumber, asText } from '../file/rows.ts';
import { readHead } from '../file/head.ts';

const SLICE = 1_000;

export interface ChainPoint {
  seq: number;
  hash: string;
}

/**
 * Walks the chain from a point that is trusted (or from its beginning) to its end and yields after each slice, so that
 * writing goes on in between. Removed entries are found as well: by the hash of the next one, and at the end by the
 * head that is stored beside the entries.
 */
export function* verifyChain(
  database: DatabaseSync,
  trusted: ChainPoint | null,
): Generator<void, JournalIntegrity> {
  const page = database.prepare('SELECT * FROM entries WHERE seq > ? ORDER BY seq LIMIT ?');
  const gapFrom = database.prepare('SELECT from_seq, to_seq, hash FROM checkpoints WHERE from_seq = ?');
  let point = trusted ?? { seq: 0, hash: GENESIS_HASH };
  let brokenAtSeq: number | null = null;
  /** Stretches that are missing, and those that entries of the chain say were deleted on purpose. */
  const crossed: Gap[] = [];
  const signedOff = new Set<string>();

  /** Over what retention deleted in front of this entry, as far as checkpoints lead (D8). */
  function crossGaps(seq: number): void {
    while (point.seq + 1 < seq) {
      const row = gapFrom.get(point.seq + 1);
      if (row === undefined) return;
      const gap = { from: asNumber(row.from_seq), to: asNumber(row.to_seq), hash: asText(row.hash) };
      crossed.push(gap);
      point = { seq: gap.to, hash: gap.hash };
    }
  }

  while (brokenAtSeq === null) {
    const rows = page.all(point.seq, SLICE);
    for (const row of rows) {
      const record = {
        seq: asNumber(row.seq),
        atMs: asNumber(row.at_ms),
        kind: asText(row.kind),
        backendId: asNullableText(row.backend_id),
        summary: asText(row.summary),
        data: asText(row.data),
      };
      crossGaps(record.seq);
      const hash = chainHash(point.hash, record);
      if (hash !== row.hash) {
        brokenAtSeq = record.seq;
        break;
      }
      point = { seq: record.seq, hash };
      if (record.kind === 'system') for (const gap of gapsSignedOff(record.data)) signedOff.add(gapKey(gap));
    }
    if (rows.length < SLICE) break;
    yield;
  }

  const head = readHead(database);
  brokenAtSeq ??= crossed.find((gap) => !signedOff.has(gapKey(gap)))?.from ?? null;
  brokenAtSeq ??= missingAtEnd(head, point) ?? contradiction(database, head);
  return { intact: brokenAtSeq === null, entries: head.entries, headHash: head.hash, brokenAtSeq };
}

const gapKey = ({ from, to, hash }: Gap): string => `${from} ${to} ${hash}`;

/** Entries cut off at the end, or added behind the head, leave the rest of the chain in order. */
function missingAtEnd(head: ChainPoint, last: ChainPoint): number | null {
  if (head.seq === last.seq && head.hash === last.hash) return null;
  return head.seq > last.seq ? last.seq + 1 : Math.max(1, head.seq);
}

/** A chain that is in order and yet not the one that was verified before was written anew. */
function contradiction(database: DatabaseSync, head: ChainPoint): number | null {
  const verified = savedPoint(database);
  if (verified.seq === 0 || readVerified(database) !== null) return null;
  return Math.min(verified.seq, head.seq + 1);
}

/** Where the last verification ended, or `null` when that entry is not what it was then. */
export function readVerified(database: DatabaseSync): ChainPoint | null {
  const point = savedPoint(database);
  if (point.seq === 0) return null;
  const entry = database.prepare('SELECT hash FROM entries WHERE seq = ?').get(point.seq);
  return entry?.hash === point.hash ? point : null;
}

export function saveVerified(database: DatabaseSync, point: ChainPoint): void {
  database.prepare('UPDATE chain_verified SET seq = ?, hash = ?').run(point.seq, point.hash);
}

function savedPoint(database: DatabaseSync): ChainPoint {
  const row = database.prepare('SELECT seq, hash FROM chain_verified').get();
  return { seq: asNumber(row?.seq), hash: asText(row?.hash) };
}
