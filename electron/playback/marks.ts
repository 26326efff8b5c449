import type { JournalEntry, JournalQuery } from '#shared/domain/journal/journal.ts';
import type { PlaybackMark, Stretch } from '#shared/domain/journal/playback.ts';

import type { JournalPort } from '../journal/port.ts';

/** What counts by its kind, and what only from a severity on: thousands of lesser alerts must not hide a decision. */
const ASKED: readonly Pick<JournalQuery, 'kinds' | 'leastSeverity'>[] = [
  { kinds: ['approval', 'command', 'trade', 'panic', 'kill-switch'], leastSeverity: null },
  { kinds: ['alert'], leastSeverity: 'high' },
];
const PAGE = 500;
const MOST_MARKS = 2_000;

type Journal = Pick<JournalPort, 'search'>;

/** What of the journal a person would go to within a stretch, oldest first; the newest 2,000 at most. */
export async function readMarks(
  journal: Journal,
  stretch: Stretch,
): Promise<{ marks: PlaybackMark[]; more: boolean }> {
  const lists = await Promise.all(ASKED.map((asked) => readNewest(journal, stretch, asked)));
  // What is older than the end of a list that was not read to its end would show one kind without the other.
  const leastSeq = Math.max(...lists.map(({ unreadBeforeSeq }) => unreadBeforeSeq));
  const all = lists
    .flatMap(({ entries }) => entries)
    .filter(({ seq }) => seq >= leastSeq)
    .sort((one, other) => other.seq - one.seq);
  const marks = all
    .slice(0, MOST_MARKS)
    .map(({ seq, atMs, kind, summary }) => ({ seq, atMs, kind, summary }))
    .sort((one, other) => one.atMs - other.atMs || one.seq - other.seq);
  return { marks, more: leastSeq > 0 || all.length > MOST_MARKS };
}

/** The newest first; `unreadBeforeSeq` is 0 where there are no others. */
async function readNewest(
  journal: Journal,
  { fromMs, toMs }: Stretch,
  asked: (typeof ASKED)[number],
): Promise<{ entries: JournalEntry[]; unreadBeforeSeq: number }> {
  const entries: JournalEntry[] = [];
  let beforeSeq: number | null = null;
  while (entries.length < MOST_MARKS) {
    const page: JournalEntry[] = await journal.search({
      text: '',
      backendId: null,
      symbol: '',
      ...asked,
      fromMs,
      toMs,
      beforeSeq,
      limit: PAGE,
    });
    entries.push(...page.filter(isEvent));
    if (page.length < PAGE) return { entries, unreadBeforeSeq: 0 };
    beforeSeq = page.at(-1)?.seq ?? 0;
  }
  return { entries, unreadBeforeSeq: beforeSeq ?? 0 };
}

/** A kill switch that is read and found off is no event. */
const isEvent = ({ kind, data }: JournalEntry): boolean =>
  kind !== 'kill-switch' || data.includes('"enabled":true');
