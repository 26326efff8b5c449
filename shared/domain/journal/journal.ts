import { z } from 'zod';

import type { EpochMs } from '../../time.ts';
import { epochMs } from '../../epoch-ms.ts';
import { severity } from '../alerts/alert.ts';

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

/** What a person or the desk decided, and what halted it: kept longest. */
export const DECISION_KINDS = [
  'approval',
  'command',
  'panic',
  'kill-switch',
  'system',
] as const satisfies readonly JournalKind[];

/** How long entries are kept; `null` for ever. Size counts before age: the oldest that are no decisions go first. */
export const retention = z.object({
  keepDays: z.number().int().min(1).max(36_500).nullable(),
  keepDecisionsDays: z.number().int().min(30).max(36_500).nullable(),
  maxSizeMb: z.number().int().min(16).max(1_000_000).nullable(),
});
export type Retention = z.infer<typeof retention>;

export const DEFAULT_RETENTION: Retention = { keepDays: 365, keepDecisionsDays: null, maxSizeMb: 4_096 };

/** What a retention would delete now. */
export interface RetentionPreview {
  entries: number;
  /** Of them, decisions. */
  decisions: number;
  oldestAtMs: EpochMs | null;
  newestAtMs: EpochMs | null;
}

/** One line of the journal as it is read back. `data` is the whole record as JSON text. */
export const journalEntry = z.object({
  seq: z.number().int().positive(),
  atMs: epochMs,
  kind: journalKind,
  backendId: z.string().nullable(),
  /** Of the record itself, or what its kind means; `null` where neither says. */
  severity: severity.nullable(),
  /** As the backend writes it; `null` where the record names none. */
  symbol: z.string().nullable(),
  summary: z.string(),
  data: z.string(),
  hash: z.string(),
});
export type JournalEntry = z.infer<typeof journalEntry>;

export const journalQuery = z.object({
  /**
   * Full-text search over summary and data; empty for everything. Words in quotes are a phrase, a word with `-` in front has to
   * be absent, the last word may be unfinished unless a space follows it.
   */
  text: z.string().max(200).default(''),
  kinds: z.array(journalKind).max(20).default([]),
  backendId: z.string().max(40).nullable().default(null),
  /** Only what is at least so grave. */
  leastSeverity: severity.nullable().default(null),
  /** The beginning of a symbol, however it is written: "btcusd" finds BTC-USD and BTC/USDT. */
  symbol: z.string().max(60).default(''),
  fromMs: epochMs.nullable().default(null),
  toMs: epochMs.nullable().default(null),
  /** Only entries older than this sequence number: the next page. */
  beforeSeq: z.number().int().positive().nullable().default(null),
  limit: z.number().int().min(1).max(500).default(100),
});
export type JournalQuery = z.infer<typeof journalQuery>;

/** An entry by its number and hash. Kept elsewhere, it vouches for everything up to it. */
export interface JournalHead {
  seq: number;
  hash: string;
  atMs: EpochMs;
}

export const journalExportFormat = z.enum(['csv', 'json', 'ndjson']);
export type JournalExportFormat = z.infer<typeof journalExportFormat>;

/** What an export wrote. */
export interface JournalExport {
  entries: number;
  bytes: number;
}

/** Whether the chain of hashes holds from the first entry to the last. */
export const journalIntegrity = z.object({
  intact: z.boolean(),
  entries: z.number().int(),
  headHash: z.string(),
  /** First entry whose hash does not fit, when the chain is broken. */
  brokenAtSeq: z.number().int().nullable(),
});
export type JournalIntegrity = z.infer<typeof journalIntegrity>;

/**
 * How the journal itself is doing; `trouble` is in a person's words. `continued`: a newer version wrote the file, and entries are
 * kept, durably, in one beside it.
 */
export const journalHealth = z.object({
  state: z.enum(['ok', 'read-only', 'failing', 'restarting', 'rebuilt', 'continued']),
  trouble: z.string().nullable(),
  entries: z.number().int(),
  /** Number of the newest; larger than `entries` once retention deleted some. 0 while there is none. */
  newestSeq: z.number().int(),
  sizeBytes: z.number().int(),
});
export type JournalHealth = z.infer<typeof journalHealth>;
