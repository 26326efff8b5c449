import { z } from 'zod';

import { epochMs } from '../../epoch-ms.ts';
import { severity } from '../alerts/alert.ts';
import { fact } from '../fact.ts';

/**
 * Something that a backend said it does, and that is no alert, trade or approval of its own: a step of a model's run, an
 * order that a followed trader placed. Text is the backend's and untrusted.
 */
export const activity = z.object({
  backendId: z.string(),
  /** The same happening has the same id, however often it is sent. */
  id: z.string(),
  /** What it is about, such as a model's id; `null` for the backend itself. The newest of each are kept. */
  subject: z.string().nullable(),
  subjectName: z.string().nullable(),
  /** The backend's word, such as `thinking` or `trade`. */
  kind: z.string(),
  severity,
  symbol: z.string().nullable(),
  message: z.string(),
  facts: z.array(fact).max(20),
  /** The time as the backend writes it, where it says no zone and so cannot be compared with ours. */
  serverTime: z.string().nullable(),
  occurredAtMs: epochMs.nullable(),
  receivedAtMs: epochMs,
});
export type Activity = z.infer<typeof activity>;
