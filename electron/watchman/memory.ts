import { z } from 'zod';

import { epochMs } from '#shared/epoch-ms.ts';

import type { JournalPort } from '../journal/port.ts';
import type { Logger } from '../lib/logger.ts';
import type { WatchMemory } from './decide.ts';
import type { PricedAssets } from './price-watch.ts';

const KEY = 'watch';
const WRITE_LIMIT_MS = 5_000;

const remembered = z.object({
  practice: z.boolean(),
  limits: z.record(
    z.string(),
    z.object({
      terms: z.string(),
      phase: z.enum(['armed', 'warned', 'fired']),
      fired: z.object({ atMs: epochMs, pressed: z.boolean(), words: z.string() }).nullable(),
    }),
  ),
  priced: z.record(z.string(), z.array(z.string())),
});

export interface Remembered {
  memory: WatchMemory;
  priced: PricedAssets;
}

/** What the limits remember over a restart. Rejects when the journal cannot be read; what cannot be understood is nothing. */
export async function recallWatch(journal: Pick<JournalPort, 'recall'>): Promise<Remembered> {
  const kept = remembered.safeParse(await journal.recall(KEY)).data;
  if (kept === undefined) return { memory: { practice: false, limits: {}, blind: {} }, priced: {} };
  const { practice, limits, priced } = kept;
  return { memory: { practice, limits, blind: {} }, priced };
}

/** Writes it down where it is another than the last time. A disk that refuses is asked again with the next change. */
export function createWatchMemory(journal: Pick<JournalPort, 'remember'>, log: Logger) {
  let written = '';
  return ({ memory, priced }: Remembered): void => {
    const { practice, limits } = memory;
    const value = { practice, limits, priced };
    const text = JSON.stringify(value);
    if (text === written) return;
    written = text;
    journal.remember(KEY, value, WRITE_LIMIT_MS).catch((error: unknown) => {
      if (written === text) written = '';
      log.warn('what the limits remember could not be written', { error: String(error) });
    });
  };
}
