import { z } from 'zod';

import { epochMs } from '../../epoch-ms.ts';
import { thing } from './backend.ts';

/** Why a link is not live, in a person's words, with a code that code can act on. */
export const linkCause = z.object({
  code: z.enum([
    'unreachable',
    'refused',
    'timeout',
    'silent',
    'server-error',
    'rate-limited',
    'bad-answer',
    'credentials',
    'closed',
    'asleep',
    'insecure',
    'disabled',
  ]),
  message: z.string(),
});
export type LinkCause = z.infer<typeof linkCause>;

/** State of one supervised connection. `waiting` always knows when it tries again; `stopped` needs a person. */
export const linkState = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('connecting'), sinceMs: epochMs, attempt: z.number().int() }),
  /** Since the connection stood: what was received after that came over it, its snapshot included. */
  z.object({ kind: z.literal('live'), sinceMs: epochMs }),
  z.object({ kind: z.literal('stale'), sinceMs: epochMs, cause: linkCause }),
  z.object({
    kind: z.literal('waiting'),
    sinceMs: epochMs,
    nextAttemptAtMs: epochMs,
    attempt: z.number().int(),
    cause: linkCause,
  }),
  z.object({ kind: z.literal('stopped'), sinceMs: epochMs, cause: linkCause }),
]);
export type LinkState = z.infer<typeof linkState>;

/** Requests left in a backend's window; `retryAtMs` while the backend itself refuses more. */
export const requestBudget = z.object({
  limit: z.number().int(),
  used: z.number().int(),
  windowMs: z.number().int(),
  retryAtMs: epochMs.nullable(),
});
export type RequestBudget = z.infer<typeof requestBudget>;

/** A message that could not be understood, cut and redacted, kept so that it can be diagnosed (D5). */
export const rejectedSample = z.object({ atMs: epochMs, reason: z.string(), raw: z.string().max(2_000) });
export type RejectedSample = z.infer<typeof rejectedSample>;

/**
 * How long messages take, by the times that the backend puts on them. The fastest of the last minutes is taken to have come
 * at once: by how much it seemed late is what the backend's clock is behind ours (negative: ahead).
 */
export const linkLatency = z.object({ medianMs: z.number().int(), clockBehindMs: z.number().int() });
export type LinkLatency = z.infer<typeof linkLatency>;

/** Everything the window shows about one link. `dataAtMs` is the age of data: keep-alives do not move it (D4). */
export const linkStatus = z.object({
  backendId: z.string(),
  linkId: z.string(),
  label: z.string(),
  /** The one thing that it brings news of; absent where it carries what the whole backend is shown by. */
  about: z.object({ thing, id: z.string() }).optional(),
  state: linkState,
  receivedAtMs: epochMs.nullable(),
  dataAtMs: epochMs.nullable(),
  /** Data older than this is drawn as stale. */
  staleAfterMs: z.number().int(),
  reconnections: z.number().int(),
  received: z.number().int(),
  rejected: z.number().int(),
  /** Messages of the last minute, as of `receivedAtMs`. */
  perMinute: z.number().int(),
  /** `null` where messages carry no time, or too few came. */
  latency: linkLatency.nullable(),
  rejectedSamples: z.array(rejectedSample).max(10),
  budget: requestBudget.nullable(),
});
export type LinkStatus = z.infer<typeof linkStatus>;
