import type { CommandRecord } from '#shared/domain/decision-record.ts';
import type { JournalEntry } from '#shared/domain/journal.ts';
import { journalQuery } from '#shared/domain/journal.ts';

import type { JournalPort } from '../journal/port.ts';
import { readCommandRecords } from './decision-records.ts';

const PAGE = 500;
const MOST_PAGES = 12;

/** The newest decisions on proposals that were asked for here, newest first; those that were not sent are among them. */
export async function readDecisionHistory(
  journal: Pick<JournalPort, 'search'>,
  limit: number,
): Promise<CommandRecord[]> {
  const entries: JournalEntry[] = [];
  let decisions: CommandRecord[] = [];
  let beforeSeq: number | null = null;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const query = journalQuery.parse({ kinds: ['command'], beforeSeq, limit: PAGE });
    const found = await journal.search(query);
    entries.push(...found);
    decisions = readCommandRecords(entries).filter(({ approvalId }) => approvalId !== null);
    beforeSeq = found.at(-1)?.seq ?? null;
    if (decisions.length >= limit || found.length < PAGE || beforeSeq === null) break;
  }
  return decisions.slice(0, limit);
}
