import type { JournalEntry } from '#shared/domain/journal/journal.ts';

import type { JournalPort, JournalRecord } from '../../journal/port.ts';

/** The part of the journal that commands use, kept in memory, with a disk that a test can break or make hang. */
export interface MemoryJournal extends Pick<
  JournalPort,
  'append' | 'appendDurably' | 'search' | 'remember' | 'recall'
> {
  readonly records: JournalRecord[];
  readonly remembered: Map<string, unknown>;
  disk: 'works' | 'refuses' | 'hangs';
  /** What was asked of it, in order, whether it worked or not. */
  readonly asked: string[];
}

export function createMemoryJournal(): MemoryJournal {
  async function reach(): Promise<void> {
    if (journal.disk === 'refuses') throw new Error('The disk is full.');
    if (journal.disk === 'hangs') await new Promise(() => undefined);
  }
  const journal: MemoryJournal = {
    records: [],
    remembered: new Map(),
    asked: [],
    disk: 'works',
    append(record) {
      journal.asked.push('append');
      journal.records.push(structuredClone(record));
    },
    async appendDurably(record) {
      journal.asked.push('appendDurably');
      await reach();
      journal.records.push(structuredClone(record));
    },
    async search({ kinds, fromMs, beforeSeq, limit }) {
      journal.asked.push('search');
      await reach();
      return journal.records
        .map((record, index): JournalEntry => {
          const { atMs, backendId, data, kind, summary } = record;
          return {
            seq: index + 1,
            atMs,
            kind,
            backendId,
            severity: null,
            symbol: null,
            summary,
            data: JSON.stringify(data),
            hash: '',
          };
        })
        .filter(({ kind }) => kinds.length === 0 || kinds.includes(kind))
        .filter(({ atMs, seq }) => atMs >= (fromMs ?? 0) && seq < (beforeSeq ?? Infinity))
        .reverse()
        .slice(0, limit);
    },
    async remember(key, value) {
      journal.asked.push('remember');
      await reach();
      journal.remembered.set(key, structuredClone(value));
    },
    async recall(key) {
      journal.asked.push('recall');
      await reach();
      return structuredClone(journal.remembered.get(key) ?? null);
    },
  };
  return journal;
}
