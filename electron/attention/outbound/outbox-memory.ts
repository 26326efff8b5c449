import { z } from 'zod';

import { severity } from '#shared/domain/alerts/alert.ts';
import { epochMs } from '#shared/epoch-ms.ts';
import { HOUR_MS, SECOND_MS } from '#shared/time.ts';

import type { JournalPort } from '../../journal/port.ts';
import type { Logger } from '../../lib/logger.ts';
import type { KeptItem } from './outbox.ts';

/** A message is not held up for longer by a disk that does not answer. */
const WRITE_LIMIT_MS = SECOND_MS;
/** What is older when the desk starts again is news no more. */
export const KEPT_FOR_MS = 2 * HOUR_MS;
const MOST_KEPT = 60;

const keptItem = z.object({
  message: z.object({
    id: z.string().max(600),
    title: z.string().max(600),
    body: z.string().max(4_000),
    severity,
    atMs: epochMs,
    headline: z.string().max(600).optional(),
  }),
  about: z.string().max(600),
  recipient: z.string().max(200),
  attempts: z.number().int().nonnegative(),
  dueAtMs: epochMs,
  sending: z.boolean(),
});

const keyOf = (channelId: string): string => `outbox/${channelId}`;

/** What waited for a channel when the desk ended. What cannot be understood is left out. */
export async function recallOutbox(
  journal: Pick<JournalPort, 'recall'>,
  channelId: string,
): Promise<KeptItem[]> {
  const kept = await journal.recall(keyOf(channelId));
  if (!Array.isArray(kept)) return [];
  return kept
    .slice(0, MOST_KEPT)
    .map((one) => keptItem.safeParse(one).data)
    .filter((one) => one !== undefined)
    .map(({ message: { headline, ...message }, ...item }) => ({
      ...item,
      message: headline === undefined ? message : { ...message, headline },
    }));
}

/**
 * Writes what waits for a channel, one write at a time and then the newest. Resolves when what was given is on disk or cannot be: a
 * disk that refuses must not keep a message from being sent.
 */
export function createOutboxMemory(
  journal: Pick<JournalPort, 'remember'>,
  channelId: string,
  log: Logger,
): (items: readonly KeptItem[]) => Promise<void> {
  let writing: Promise<void> | null = null;
  let next: { items: readonly KeptItem[]; done: Promise<void> } | null = null;

  async function write(items: readonly KeptItem[]): Promise<void> {
    try {
      await journal.remember(keyOf(channelId), items, WRITE_LIMIT_MS);
    } catch {
      log.warn('what waits for a channel could not be written', { channel: channelId });
    }
  }

  function start(items: readonly KeptItem[]): Promise<void> {
    const run = write(items).then(() => {
      if (writing === run) writing = null;
    });
    writing = run;
    return run;
  }

  return (items) => {
    if (writing === null) return start(items);
    if (next !== null) {
      next.items = items;
      return next.done;
    }
    const done = writing.then(() => {
      const newest = next?.items ?? items;
      next = null;
      return start(newest);
    });
    next = { items, done };
    return done;
  };
}
