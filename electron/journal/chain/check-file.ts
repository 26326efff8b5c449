import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

import { z } from 'zod';

import { parseJson } from '#shared/json.ts';

import { chainHash, GENESIS_HASH } from './chain.ts';
import type { Gap } from './checkpoint.ts';
import { gapsSignedOff } from './checkpoint.ts';
import { openReadable } from '../file/open-file.ts';
import { verifyChain } from './verify.ts';

/** What the check of a file found. `problem` is in a person's words; `null` when the chain holds. */
export interface FileCheck {
  entries: number;
  head: { seq: number; hash: string } | null;
  problem: string | null;
}

/** A head that was kept elsewhere: that entry has to be in the file with that hash. */
export interface KnownHead {
  seq: number;
  hash: string;
}

const header = z.object({ format: z.literal('quarterdeck-journal'), version: z.literal(1) });
const deleted = z.object({ deleted: z.object({ from: z.number(), to: z.number(), hash: z.string() }) });
const line = z.object({
  seq: z.number(),
  atMs: z.number(),
  kind: z.string(),
  backendId: z.string().nullable(),
  summary: z.string(),
  data: z.string(),
  hash: z.string(),
});

/** Checks a journal (SQLite) or an NDJSON export of everything, by itself and without changing it. Rejects when it cannot be read. */
export function checkFile(path: string, known: KnownHead | null): Promise<FileCheck> {
  return path.endsWith('.ndjson')
    ? checkExport(path, known)
    : Promise.resolve().then(() => checkJournal(path, known));
}

function checkJournal(path: string, known: KnownHead | null): FileCheck {
  const database = openReadable(path);
  try {
    const steps = verifyChain(database, null);
    let step = steps.next();
    while (step.done !== true) step = steps.next();
    const { intact, entries, headHash, brokenAtSeq } = step.value;
    const found =
      known === null ? null : database.prepare('SELECT hash FROM entries WHERE seq = ?').get(known.seq);
    const last = database.prepare('SELECT max(seq) AS seq FROM entries').get();
    return {
      entries,
      head: typeof last?.seq === 'number' ? { seq: last.seq, hash: headHash } : null,
      problem: intact ? mismatch(known, found?.hash) : `entry ${brokenAtSeq} does not fit the chain`,
    };
  } finally {
    database.close();
  }
}

async function checkExport(path: string, known: KnownHead | null): Promise<FileCheck> {
  const lines = createInterface({
    input: createReadStream(path, 'utf8'),
    crlfDelay: Number.POSITIVE_INFINITY,
  });
  let point = { seq: 0, hash: GENESIS_HASH };
  let entries = 0;
  let number = 0;
  let knownHash: string | undefined;
  const crossed: Gap[] = [];
  const signedOff = new Set<string>();
  const fail = (problem: string): FileCheck => ({ entries, head: point.seq === 0 ? null : point, problem });

  for await (const text of lines) {
    number += 1;
    const parsed = parseJson(text);
    if (number === 1) {
      if (!header.safeParse(parsed).success) return fail('it is no export of a journal in NDJSON');
      continue;
    }
    const gap = deleted.safeParse(parsed).data?.deleted;
    if (gap !== undefined) {
      if (gap.from !== point.seq + 1) return fail(`line ${number} does not follow the entry before it`);
      crossed.push(gap);
      point = { seq: gap.to, hash: gap.hash };
      continue;
    }
    const entry = line.safeParse(parsed).data;
    if (entry === undefined) return fail(`line ${number} is no entry of a journal`);
    if (chainHash(point.hash, entry) !== entry.hash) return fail(`entry ${entry.seq} does not fit the chain`);
    point = { seq: entry.seq, hash: entry.hash };
    entries += 1;
    if (known?.seq === entry.seq) knownHash = entry.hash;
    if (entry.kind === 'system')
      for (const gone of gapsSignedOff(entry.data)) signedOff.add(JSON.stringify(gone));
  }
  if (number === 0) return fail('it is empty');
  const unsigned = crossed.find(({ from, to, hash }) => !signedOff.has(JSON.stringify({ from, to, hash })));
  if (unsigned !== undefined)
    return fail(`nothing signs off that entries ${unsigned.from} to ${unsigned.to} were deleted`);
  return { entries, head: point.seq === 0 ? null : point, problem: mismatch(known, knownHash) };
}

function mismatch(known: KnownHead | null, hash: unknown): string | null {
  if (known === null || hash === known.hash) return null;
  if (hash === undefined) return `entry ${known.seq}, whose hash was kept, is not in it`;
  return `entry ${known.seq} does not have the hash that was kept`;
}
