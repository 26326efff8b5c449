import type { JournalEntry } from '#shared/domain/journal/journal.ts';
import { MINUTE_MS } from '#shared/time.ts';
import { dayName } from '#shared/wall-time.ts';

/** A line of the timeline: the name of a day, a stretch in which nothing was written, or an entry. */
export type TimelineLine =
  | { kind: 'day'; key: string; atMs: number }
  | { kind: 'gap'; key: string; lengthMs: number }
  | { kind: 'entry'; key: string; entry: JournalEntry };

/** Shorter silence is not worth a line. */
const WORTH_SAYING_MS = 15 * MINUTE_MS;

/** Entries, newest first, each day's under its name, with the silences between them. Days are those of the chosen time zone. */
export function timelineLines(entries: readonly JournalEntry[]): TimelineLine[] {
  const lines: TimelineLine[] = [];
  let newer: JournalEntry | null = null;
  for (const entry of entries) {
    const isNewDay = newer === null || dayOf(newer) !== dayOf(entry);
    const lengthMs = newer === null ? 0 : newer.atMs - entry.atMs;
    if (lengthMs >= WORTH_SAYING_MS) lines.push({ kind: 'gap', key: `gap:${entry.seq}`, lengthMs });
    if (isNewDay) lines.push({ kind: 'day', key: `day:${entry.seq}`, atMs: entry.atMs });
    lines.push({ kind: 'entry', key: String(entry.seq), entry });
    newer = entry;
  }
  return lines;
}

const dayOf = ({ atMs }: JournalEntry): string => dayName(atMs);
