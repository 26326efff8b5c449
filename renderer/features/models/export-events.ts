import { activity as activitySchema } from '#shared/domain/bots/activity.ts';
import type { Activity } from '#shared/domain/bots/activity.ts';
import type { JournalEntry } from '#shared/domain/journal/journal.ts';
import { parseJson } from '#shared/json.ts';
import type { EpochMs } from '#shared/time.ts';
import { t } from '#shared/words.ts';

import { csvCell } from '../../ui/csv-cell.ts';

/** Reads a page of the journal: entries of kind "activity" of one backend, older than `beforeSeq`, newest first. */
export type ReadPage = (beforeSeq: number | null) => Promise<readonly JournalEntry[]>;

export interface EventExport {
  /** Newest first, each once. */
  events: Activity[];
  fromMemory: number;
  fromJournal: number;
  /** The journal holds older ones that were not looked through. */
  cut: boolean;
}

/** As many pages as are looked through; a page is what the journal gives at once. */
const MAX_PAGES = 40;

/**
 * All that is known of what was said about one subject: what is held in memory, and what the journal wrote down. `told` is
 * called after each page with how many entries were looked through; `wanted` ends it early.
 */
export async function collectEvents(
  { backendId, subject, held }: { backendId: string; subject: string; held: readonly Activity[] },
  { readPage, pageSize }: { readPage: ReadPage; pageSize: number },
  told: (looked: number) => void,
): Promise<EventExport> {
  const byId = new Map(held.map((event) => [event.id, event]));
  const fromMemory = byId.size;
  let beforeSeq: number | null = null;
  let looked = 0;
  let cut = true;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const entries: readonly JournalEntry[] = await readPage(beforeSeq);
    for (const entry of entries) {
      const event = eventOf(entry);
      if (event?.backendId !== backendId || event.subject !== subject || byId.has(event.id)) continue;
      byId.set(event.id, event);
    }
    looked += entries.length;
    told(looked);
    beforeSeq = entries.at(-1)?.seq ?? beforeSeq;
    if (entries.length < pageSize) {
      cut = false;
      break;
    }
  }
  const events = [...byId.values()].sort((a, b) => b.receivedAtMs - a.receivedAtMs);
  return { events, fromMemory, fromJournal: events.length - fromMemory, cut };
}

/** Other things are journaled under the same kind; only what reads as an activity is one. */
const eventOf = ({ data }: JournalEntry): Activity | null =>
  activitySchema.safeParse(parseJson(data)).data ?? null;

/** The events with a head that says what they are and are not, as one JSON document. */
export const eventsToJson = (
  found: EventExport,
  head: { backend: string; model: string; atMs: EpochMs },
): string =>
  JSON.stringify(
    {
      backend: head.backend,
      model: head.model,
      exportedAt: iso(head.atMs),
      included: includedWords(found),
      events: found.events.map((event) => ({
        ...event,
        receivedAt: iso(event.receivedAtMs),
        occurredAt: event.occurredAtMs === null ? null : iso(event.occurredAtMs),
      })),
    },
    null,
    2,
  );

const CSV_COLUMNS = [
  'received',
  t('server time'),
  'kind',
  'severity',
  'symbol',
  'message',
  'facts',
  'id',
] as const;

/** The events as CSV (RFC 4180, CRLF, byte order mark so that spreadsheets read UTF-8). */
export function eventsToCsv({ events }: EventExport): string {
  const rows = events.map((event) => [
    iso(event.receivedAtMs),
    event.serverTime ?? (event.occurredAtMs === null ? '' : iso(event.occurredAtMs)),
    event.kind,
    event.severity,
    event.symbol ?? '',
    event.message,
    event.facts.map(({ name, value }) => `${name}=${value}`).join('; '),
    event.id,
  ]);
  return `\uFEFF${[CSV_COLUMNS, ...rows].map((row) => row.map(csvCell).join(',')).join('\r\n')}\r\n`;
}

/** What a saved file holds, in one sentence. */
export function includedWords({ events, fromMemory, fromJournal, cut }: EventExport): string {
  const oldest = events.at(-1);
  const since =
    oldest === undefined
      ? ''
      : t(', the oldest received {receivedAtMs}', { receivedAtMs: iso(oldest.receivedAtMs) });
  const more = cut ? ` ${t('The journal holds older ones that were not looked through.')}` : '';
  return t(
    '{count} events: {fromMemory} held by the desk and {fromJournal} more from the journal{since}.{more}',
    { count: events.length, fromMemory, fromJournal, since, more },
  );
}

const iso = (atMs: EpochMs): string => new Date(atMs).toISOString();
