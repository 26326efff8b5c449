import { z } from 'zod';

import { epochMs } from '../time.ts';

export const journalKind = z.enum([
  'approval',
  'kill-switch',
  'portfolio',
  'alert',
  'trade',
  'activity',
  'link',
  'command',
  'panic',
  'notification',
  'settings',
  'system',
]);
export type JournalKind = z.infer<typeof journalKind>;

/** One line of the journal as it is read back. `data` is the whole record as JSON text. */
export const journalEntry = z.object({
  seq: z.number().int().positive(),
  atMs: epochMs,
  kind: journalKind,
  backendId: z.string().nullable(),
  summary: z.string(),
  data: z.string(),
  hash: z.string(),
});
export type JournalEntry = z.infer<typeof journalEntry>;

export const journalQuery = z.object({
  /** Full-text search over summary and data; empty for everything. */
  text: z.string().max(200).default(''),
  kinds: z.array(journalKind).max(20).default([]),
  backendId: z.string().max(40).nullable().default(null),
  fromMs: epochMs.nullable().default(null),
  toMs: epochMs.nullable().default(null),
  /** Only entries older than this sequence number: the next page. */
  beforeSeq: z.number().int().positive().nullable().default(null),
  limit: z.number().int().min(1).max(500).default(100),
});
export type JournalQuery = z.infer<typeof journalQuery>;

/** Whether the chain of hashes holds from the first entry to the last. */
export const journalIntegrity = z.object({
  intact: z.boolean(),
  entries: z.number().int(),
  headHash: z.string(),
  /** First entry whose hash does not fit, when the chain is broken. */
  brokenAtSeq: z.number().int().nullable(),
});
export type JournalIntegrity = z.infer<typeof journalIntegrity>;

/** How the journal itself is doing; `trouble` is in a person's words. */
export const journalHealth = z.object({
  state: z.enum(['ok', 'read-only', 'failing', 'restarting', 'rebuilt']),
  trouble: z.string().nullable(),
  entries: z.number().int(),
  sizeBytes: z.number().int(),
});
export type JournalHealth = z.infer<typeof journalHealth>;
