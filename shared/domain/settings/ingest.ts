import { z } from 'zod';

import type { EpochMs } from '../../time.ts';

/** Where detector scripts may post. Off until asked for, and to this machine alone unless said otherwise (S6). */
export const ingestSettings = z.object({
  enabled: z.boolean().default(false),
  port: z.number().int().min(1_024).max(65_535).default(8_477),
  /** `network`: other machines may post as well. The key then crosses the network unencrypted. */
  bind: z.enum(['loopback', 'network']).default('loopback'),
});
export type IngestSettings = z.infer<typeof ingestSettings>;

/** What the window shows of the listener; never the key itself. Asked for again after a change, and every few seconds. */
export interface IngestStatus {
  listening: boolean;
  /** Where a script on this machine posts, whole; also while it is off, for the snippet. */
  url: string;
  /** Where scripts on other machines post; empty unless it listens to the network. */
  networkUrls: readonly string[];
  /** Header that carries the key. */
  keyHeader: string;
  key: { present: boolean; savedAtMs: EpochMs | null };
  /** Alerts taken, and requests refused, since the start. */
  received: number;
  refused: number;
  /** Why it does not listen, or why the last request was refused, in a person's words. */
  lastError: { atMs: EpochMs; message: string } | null;
  limits: { bodyBytes: number; perMinute: number };
}
