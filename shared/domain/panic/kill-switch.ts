import { z } from 'zod';

import { epochMs } from '../../epoch-ms.ts';

/** The halt as the backend itself reports it. `enabled: null` is unknown, never "off". */
export const killSwitch = z.object({
  backendId: z.string(),
  enabled: z.boolean().nullable(),
  reason: z.string().nullable(),
  setBy: z.string().nullable(),
  changedAtMs: epochMs.nullable(),
  readAtMs: epochMs,
});
export type KillSwitch = z.infer<typeof killSwitch>;

/** What became of the panic on one backend (K4). `confirmed` means re-read after acting, not an HTTP 200. */
export const panicTarget = z.object({
  backendId: z.string(),
  state: z.enum(['requested', 'confirmed', 'unconfirmed', 'failed', 'not-supported', 'offline']),
  detail: z.string(),
  requestedAtMs: epochMs,
  settledAtMs: epochMs.nullable(),
  /** How often the backend lifted the halt by itself and was halted again (K14). */
  reasserted: z.number().int(),
  /** How often it was tried for this request, the one under way included. */
  tries: z.number().int().optional(),
  /** When it is tried again by itself; `null` while a try is under way, and when none is needed. */
  nextTryAtMs: epochMs.nullable().optional(),
});
export type PanicTarget = z.infer<typeof panicTarget>;

/** The desk's own panic. It stays latched until a person resumes (K6). */
export const panicState = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('clear') }),
  z.object({
    kind: z.literal('latched'),
    id: z.string(),
    sinceMs: epochMs,
    /** How often the button was pressed for this one activation (K8). */
    presses: z.number().int(),
    /** Practice desks are halted too, although something real is connected (K16). */
    withPractice: z.boolean().optional(),
    origin: z.string(),
    /** What pressed it where no person did: the limit and its figures, as a sentence. */
    because: z.string().optional(),
    /** A person's resume is under way: halts that go now are lifted by it, and by nobody else. */
    resuming: z.boolean().optional(),
    /** False while the intent could not be written to disk (K15). */
    durable: z.boolean(),
    targets: z.array(panicTarget),
  }),
]);
export type PanicState = z.infer<typeof panicState>;

/** What a person types to resume (K7). */
export const RESUME_WORD = 'RESUME';

/** A backend lifts a halt by itself under the name `system`, which servers write and continue in several ways (K14). */
export const isByItself = (setBy: string | null): boolean => /^\s*system/i.test(setBy ?? '');
