import { z } from 'zod';

import { epochMs } from '../../epoch-ms.ts';

/** One step of the way that a halt would go. */
export const rehearsalStep = z.object({
  name: z.string(),
  outcome: z.enum(['passed', 'failed', 'skipped']),
  detail: z.string(),
  tookMs: z.number().int(),
});
export type RehearsalStep = z.infer<typeof rehearsalStep>;

/**
 * What the rehearsal found on one backend. `ready`: everything but the halt itself worked. `unreachable`: no answer came.
 * `not-ready`: it answers, and a halt would be refused or could not be confirmed.
 */
export const backendRehearsal = z.object({
  backendId: z.string(),
  /** As it was called then. */
  name: z.string(),
  state: z.enum(['running', 'ready', 'unreachable', 'not-ready', 'nothing-to-halt']),
  /** `null` while it is under way. */
  tookMs: z.number().int().nullable(),
  steps: z.array(rehearsalStep),
  /** What it proved, and what it did not or cannot, in the backend's own words. */
  proved: z.array(z.string()),
  notProved: z.array(z.string()),
});
export type BackendRehearsal = z.infer<typeof backendRehearsal>;

/** PANIC walked through without halting anything (K13). The newest one is kept. */
export const rehearsal = z.object({
  startedAtMs: epochMs,
  /** `null` while it is under way. */
  finishedAtMs: epochMs.nullable(),
  origin: z.string(),
  /** False while the record could not be written to disk. */
  durable: z.boolean(),
  backends: z.array(backendRehearsal),
});
export type Rehearsal = z.infer<typeof rehearsal>;
