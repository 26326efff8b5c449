import type { DatabaseSync } from 'node:sqlite';

import { asNumber, asText } from './rows.ts';

/** The end of the chain. */
export interface ChainHead {
  seq: number;
  hash: string;
  entries: number;
}

export function readHead(database: DatabaseSync): ChainHead {
  const row = database.prepare('SELECT seq, hash, entries FROM chain_head').get();
  return { seq: asNumber(row?.seq), hash: asText(row?.hash), entries: asNumber(row?.entries) };
}
