import type { LedgerLine } from '../ledger.ts';
import { readLedger } from '../ledger.ts';
import type { Ending } from '../play.ts';
import type { Stage } from '../stage.ts';
import { judgeCommands } from './commands.ts';
import { judgeConfirmations } from './confirmations.ts';
import { judgeJournal } from './journal-file.ts';
import { readJournalFile } from './read-journal.ts';
import { judgeLists } from './lists.ts';
import { judgePanic } from './panic.ts';
import { judgeRemains } from './remains.ts';
import type { Violation } from './violation.ts';
import { createWireLog } from './wire-log.ts';

/** Compares what the desk did and shows, what its journal holds, and what the servers know. */
export function judge(stage: Stage, ending: Ending): { violations: Violation[]; ledger: LedgerLine[] } {
  const ledger = readLedger(stage.desk.ledger);
  const journal = readJournalFile(stage.desk.journalFile);
  const wire = createWireLog(ledger, stage.wire);
  const violations = [
    ...judgeJournal(ledger, journal, ending),
    ...judgeCommands(ledger, journal, wire, ending),
    ...judgePanic(ledger, wire, ending),
    ...judgeConfirmations(ledger, wire),
    ...judgeLists(ledger, ending),
    ...judgeRemains(ledger, ending),
  ];
  return { violations, ledger };
}
