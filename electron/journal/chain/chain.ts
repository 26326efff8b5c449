import { createHash } from 'node:crypto';

/** What the hash of an entry covers, besides the hash before it. */
export interface ChainedRecord {
  seq: number;
  atMs: number;
  /** As stored: a file of a newer version may hold kinds that this one does not know. */
  kind: string;
  backendId: string | null;
  summary: string;
  /** The JSON text exactly as it is stored. */
  data: string;
}

/** The hash that stands before the first entry. */
export const GENESIS_HASH = '0'.repeat(64);

/** SHA-256 over the hash before and the record in one canonical form, as lower-case hex (S5). */
export function chainHash(previousHash: string, record: ChainedRecord): string {
  const { seq, atMs, kind, backendId, summary, data } = record;
  const canonical = JSON.stringify([seq, atMs, kind, backendId, summary, data]);
  return createHash('sha256').update(previousHash).update('\n').update(canonical).digest('hex');
}
