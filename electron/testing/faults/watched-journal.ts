import type { LatchFile } from '../../commands/latch-file.ts';
import type { JournalPort } from '../../journal/port.ts';
import type { LedgerNote } from './ledger.ts';

/** The journal as the desk uses it, with what it was given and what it acknowledged written into the ledger. */
export interface WatchedJournal {
  port: JournalPort;
  /** Counts what was asked of it that somebody waits for. */
  begun(): number;
  /** How many of its promises are open. */
  busy(): number;
  barrier(): Promise<null>;
  /** Waited for like the journal. */
  watchFile(file: LatchFile): LatchFile;
}

export function watchJournal(
  journal: JournalPort,
  parts: { note(line: LedgerNote): void; onDurable(): void },
): WatchedJournal {
  const { note } = parts;
  let open = 0;
  let begun = 0;
  let appended = 0;

  async function counted<T>(work: Promise<T>): Promise<T> {
    begun += 1;
    open += 1;
    try {
      return await work;
    } finally {
      open -= 1;
    }
  }

  const port: JournalPort = {
    ...journal,
    append(record) {
      note({ kind: 'append', record });
      appended += 1;
      journal.append(record);
    },
    async appendDurably(record, timeoutMs) {
      note({ kind: 'offer', record });
      await counted(journal.appendDurably(record, timeoutMs));
      note({ kind: 'durable', record });
      parts.onDurable();
    },
    async remember(key, value, timeoutMs) {
      note({ kind: 'remember', key, value });
      await counted(journal.remember(key, value, timeoutMs));
      note({ kind: 'remembered', key, value });
      parts.onDurable();
    },
    recall: (key) => counted(journal.recall(key)),
    search: (query) => counted(journal.search(query)),
    verify: () => counted(journal.verify()),
  };

  return {
    port,
    watchFile: (file) => ({
      read: () => counted(file.read()),
      write: (state) => counted(file.write(state)),
      settled: () => counted(file.settled()),
    }),
    begun: () => begun,
    // While the file refuses or the worker is gone, what waits for it waits for the clock.
    busy: () => (journal.health().state === 'ok' ? open : 0),
    /** The worker answers in order: what it was sent before this question is in the file. Wait for the gathering first. */
    async barrier() {
      const before = appended;
      if (journal.health().state !== 'ok') return null;
      await counted(journal.equity({ fromMs: 0, toMs: 1, maxPoints: 1 }));
      if (journal.health().state === 'ok') note({ kind: 'barrier', before });
      return null;
    },
  };
}
