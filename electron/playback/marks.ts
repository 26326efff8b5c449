import type { JournalEntry, JournalKind } from '#shared/domain/journal.ts';
import type { PlaybackMark, Stretch } from '#shared/domain/playback.ts';

import type { JournalPort } from '../journal/port.ts';

const KINDS: JournalKind[] = ['approval', 'command', 'alert', 'trade', 'panic', 'kill-switch'];
const PAGE = 500;
const MOST_MARKS = 2_000;

/** What of the journal a person would go to within a stretch, oldest first; the newest 2,000 at most. */
export async function readMarks(
  journal: Pick<JournalPort, 'search'>,
  { fromMs, toMs }: Stretch,
): Promise<{ marks: PlaybackMark[]; more: boolean }> {
  const found: JournalEntry[] = [];
  let isComplete = false;
  let beforeSeq: number | null = null;
  while (!isComplete && found.length < MOST_MARKS) {
    const page: JournalEntry[] = await journal.search({
      text: '',
      kinds: KINDS,
      backendId: null,
      leastSeverity: null,
      symbol: '',
      fromMs,
      toMs,
      beforeSeq,
      limit: PAGE,
    });
    found.push(...page);
    isComplete = page.length < PAGE;
    beforeSeq = page.at(-1)?.seq ?? null;
  }
  const marks = found
    .filter(isOfWeight)
    .map(({ seq, atMs, kind, summary }) => ({ seq, atMs, kind, summary }))
    .sort((one, other) => one.atMs - other.atMs || one.seq - other.seq);
  return { marks, more: !isComplete };
}

/** An alert by its severity; a kill switch that is read and found off is no event. */
function isOfWeight({ kind, severity, data }: JournalEntry): boolean {
  if (kind === 'alert') return severity === 'high' || severity === 'critical';
  return kind !== 'kill-switch' || data.includes('"enabled":true');
}
