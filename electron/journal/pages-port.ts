import type { JournalEntry, JournalQuery } from '#shared/domain/journal/journal.ts';
import { journalQuery } from '#shared/domain/journal/journal.ts';

import type { JournalPort } from './port.ts';

const PAGE = 500;

/** What a search finds, newest first, page by page, `mostPages` at most; whoever has enough stops asking. */
export async function* searchPages(
  journal: Pick<JournalPort, 'search'>,
  query: Partial<Omit<JournalQuery, 'beforeSeq' | 'limit'>>,
  mostPages: number,
): AsyncGenerator<JournalEntry[]> {
  let beforeSeq: number | null = null;
  for (let page = 0; page < mostPages; page += 1) {
    const found: JournalEntry[] = await journal.search(
      journalQuery.parse({ ...query, beforeSeq, limit: PAGE }),
    );
    yield found;
    beforeSeq = found.at(-1)?.seq ?? null;
    if (found.length < PAGE || beforeSeq === null) return;
  }
}
