import { z } from 'zod';

import { epochMs } from '../../epoch-ms.ts';
import { fact } from '../fact.ts';
import { SEVERITIES } from './severities.ts';

export const severity = z.enum(SEVERITIES);
export type Severity = z.infer<typeof severity>;

/** Something a backend wants known. Text is the backend's and untrusted. `count` grows when the same alert repeats. */
export const alert = z.object({
  backendId: z.string(),
  id: z.string(),
  /** The backend's word, such as `execution` or `ltv_warning`. */
  kind: z.string(),
  severity,
  rawSeverity: z.string(),
  message: z.string(),
  /** Alerts with the same key say the same thing again: one row with a count. */
  groupKey: z.string(),
  instrument: z.string().nullable(),
  /** Members that came with it, as short texts. */
  facts: z.array(fact).max(20),
  occurredAtMs: epochMs.nullable(),
  receivedAtMs: epochMs,
  count: z.number().int().positive(),
  acknowledgedAtMs: epochMs.nullable(),
});
export type Alert = z.infer<typeof alert>;
