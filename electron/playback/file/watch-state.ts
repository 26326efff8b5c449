import { z } from 'zod';

import type { WatchState } from '#shared/domain/panic/watch.ts';
import { decimalString } from '#shared/decimal-string.ts';
import { epochMs } from '#shared/epoch-ms.ts';

/** The watch as it is read back. It crosses no other boundary as a value from outside. */
export const watchState: z.ZodType<WatchState> = z.object({
  practice: z.boolean(),
  limits: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(['day-loss-usd', 'day-loss-pct', 'drawdown-usd', 'drawdown-pct', 'stale']),
      backendId: z.string().nullable(),
      limit: decimalString,
      value: decimalString.nullable(),
      sentence: z.string(),
      blind: z.string().nullable(),
      partly: z.string().nullable(),
      phase: z.enum(['armed', 'warned', 'fired']),
      fired: z.object({ atMs: epochMs, pressed: z.boolean(), words: z.string() }).nullable(),
      unwatched: z.boolean(),
    }),
  ),
  heartbeat: z.object({
    state: z.enum(['off', 'no-address', 'starting', 'ok', 'failing']),
    host: z.string().nullable(),
    lastOkAtMs: epochMs.nullable(),
    failingSinceMs: epochMs.nullable(),
    trouble: z.string().nullable(),
    deskTrouble: z.array(z.string()),
  }),
  awake: z.object({ held: z.boolean(), why: z.string() }),
});
