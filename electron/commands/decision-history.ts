import type { CommandRecord } from '#shared/domain/approvals/decision-record.ts';
import type { JournalEntry } from '#shared/domain/journal/journal.ts';

import { searchPages } from '../journal/pages-port.ts';
import type { JournalPort } from '../journal/port.ts';
import { readCommandRecords } from './decision-records.ts';

const MOST_PAGES = 12;

/** The newest decisions on proposals that were asked for here, newest first; those that were not sent are among them. */
export async function readDecisionHistory(
  journal: Pick<JournalPort, 'search'>,
  limit: number,
): Promise<CommandRecord[]> {
  const entries: JournalEntry[] = [];
  let decisions: CommandRecord[] = [];
  for await (const found of searchPages(journal, { kinds: ['command'] }, MOST_PAGES)) {
    entries.push(...found);
    decisions = readCommandRecords(entries).filter(({ approvalId }) => approvalId !== null);
    if (decisions.length >= limit) break;
  }
  return decisions.slice(0, limit);
}
