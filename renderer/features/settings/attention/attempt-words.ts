import { z } from 'zod';

import { noticeOutcome } from '#shared/domain/attention/attention.ts';
import type { JournalEntry } from '#shared/domain/journal/journal.ts';
import { parseJson } from '#shared/json.ts';
import { t } from '#shared/words.ts';

export type AttemptFilter = 'all' | 'muted' | 'blocked' | 'failed';

export const ATTEMPT_FILTERS: readonly { value: AttemptFilter; label: string }[] = [
  { value: 'all', label: t('All attempts') },
  { value: 'muted', label: t('Muted by a rule') },
  { value: 'blocked', label: t('Blocked by the system') },
  { value: 'failed', label: t('Failed') },
];

/** Whether any channel of an attempt ended so. */
export const passesFilter = (entry: JournalEntry, filter: AttemptFilter): boolean =>
  filter === 'all' || outcomesOf(entry).some(({ result }) => result === filter);

/** Why something was not shown or heard, each reason once with the channels it counts for. */
export function attemptReasons(entry: JournalEntry): string[] {
  const channels = new Map<string, string[]>();
  for (const { channel, reason } of outcomesOf(entry)) {
    if (reason !== null) channels.set(reason, [...(channels.get(reason) ?? []), CHANNELS[channel]]);
  }
  return [...channels].map(([reason, names]) => `${names.join(', ')}: ${reason}`);
}

const CHANNELS = {
  native: t('System'),
  sound: t('Sound'),
  'in-app': t('Window'),
  outbound: t('Channels'),
} as const;

const attemptData = z.object({ outcomes: z.array(noticeOutcome) });

/** Of an attempt by the desk itself; what became of a channel's messages stands in their own summaries. */
const outcomesOf = ({ data }: JournalEntry): z.infer<typeof noticeOutcome>[] =>
  attemptData.safeParse(parseJson(data)).data?.outcomes ?? [];
