import { z } from 'zod';

/** A scripted run and how far it is. Event `next` and those before it are done; its place is saved with what it did. */
export const scriptState = z.object({
  seed: z.number().int(),
  total: z.number().int(),
  next: z.number().int(),
  /** Events a second of the clock; `null` for as fast as possible. */
  perSecond: z.number().positive().nullable(),
  /** Every so many-th proposal waits for a client instead of being decided by the script; `null` for none. */
  clientEvery: z.number().int().positive().nullable(),
});
export type ScriptState = z.infer<typeof scriptState>;
