import { entryOperation } from '../../../journal/queue/operation.ts';
import type { JournalRecord } from '../../../journal/port.ts';
import type { LedgerLine } from '../ledger.ts';
import type { Ending } from '../play.ts';
import type { JournalFile } from './read-journal.ts';
import type { Violation } from './violation.ts';

/** D6: nothing acknowledged is missing and nothing is there twice. S5: the chain holds. */
export function judgeJournal(
  ledger: readonly LedgerLine[],
  journal: JournalFile,
  ending: Ending,
): Violation[] {
  const violations: Violation[] = [];
  if (ending.journalIntact !== true)
    violations.push({
      promise: 'S5',
      words:
        ending.journalIntact === null
          ? 'the chain of the journal could not be verified'
          : 'the chain of the journal does not hold',
    });
  const held = countOf(
    journal.entries.map(({ at_ms, backend_id, ...entry }) =>
      keyOf({ ...entry, atMs: at_ms, backendId: backend_id }),
    ),
  );
  const offered = new Map<string, number>();
  const acknowledged = new Map<string, number>();
  /** What the present life appended and what of it is known to be in the file. */
  let life = { number: 0, appended: [] as string[], known: 0 };
  for (const line of ledger) {
    if (line.life !== life.number) life = { number: line.life, appended: [], known: 0 };
    if (line.kind === 'append') {
      life.appended.push(keyOfRecord(line.record));
      add(offered, keyOfRecord(line.record));
    } else if (line.kind === 'offer') add(offered, keyOfRecord(line.record));
    else if (line.kind === 'durable') add(acknowledged, keyOfRecord(line.record));
    else if (line.kind === 'barrier') {
      for (const key of life.appended.slice(life.known, line.before)) add(acknowledged, key);
      life.known = Math.max(life.known, line.before);
    }
  }
  for (const [key, times] of acknowledged)
    if ((held.get(key) ?? 0) < times)
      violations.push({ promise: 'D6', words: `acknowledged and not in the journal: ${key.slice(0, 300)}` });
  for (const [key, times] of offered)
    if ((held.get(key) ?? 0) > times)
      violations.push({
        promise: 'D6',
        words: `${held.get(key)} times in the journal, given ${times} times: ${key.slice(0, 300)}`,
      });
  return [...violations, ...judgeMemory(ledger, journal)];
}

/** What was remembered last, or something that was to be remembered after it. */
function judgeMemory(ledger: readonly LedgerLine[], { memory }: JournalFile): Violation[] {
  const allowed = new Map<string, Set<string>>();
  for (const line of ledger) {
    if (line.kind === 'remember') {
      const values = allowed.get(line.key) ?? new Set();
      allowed.set(line.key, values.add(JSON.stringify(line.value)));
    }
    if (line.kind === 'remembered') {
      const values = [...(allowed.get(line.key) ?? [])];
      const text = JSON.stringify(line.value);
      allowed.set(line.key, new Set(values.slice(Math.max(0, values.indexOf(text)))));
    }
  }
  const acknowledged = new Set(ledger.flatMap((line) => (line.kind === 'remembered' ? [line.key] : [])));
  return [...acknowledged].flatMap((key): Violation[] => {
    const value = memory.get(key);
    if (value !== undefined && allowed.get(key)?.has(value) === true) return [];
    return [
      {
        promise: 'D6',
        words: `remembered and not there: ${key}, which reads ${value?.slice(0, 200) ?? 'nothing'}`,
      },
    ];
  });
}

/** As the journal keeps it: redacted, and cut where it is too long. */
function keyOfRecord(record: JournalRecord): string {
  const operation = entryOperation(record, 0, record.atMs);
  if (operation.kind !== 'entry') throw new Error('a record is an entry');
  const { atMs, backendId, data, entryKind, summary } = operation;
  return keyOf({ atMs, kind: entryKind, backendId, summary, data });
}

const keyOf = (entry: {
  atMs: number;
  kind: string;
  backendId: string | null;
  summary: string;
  data: string;
}): string => `${entry.kind} ${entry.backendId} ${entry.atMs} ${entry.summary} ${entry.data}`;

function countOf(keys: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) add(counts, key);
  return counts;
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
