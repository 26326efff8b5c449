import type {
  JournalEntry,
  JournalHealth,
  JournalIntegrity,
  JournalKind,
  JournalQuery,
} from '#shared/domain/journal.ts';
import type { EquityPoint } from '#shared/domain/portfolio.ts';

export interface JournalRecord {
  atMs: number;
  kind: JournalKind;
  backendId: string | null;
  /** One line for a person. */
  summary: string;
  /** The whole record; must be JSON and free of secrets. */
  data: unknown;
}

/** Append-only memory of the desk. Searching and appending happen off the main thread. */
export interface JournalPort {
  /** Queues a record for the next batch. Never throws, never blocks; trouble shows in `health`. */
  append(record: JournalRecord): void;
  /** Writes a record and resolves once it is on disk (synced). Rejects when it cannot be, within `timeoutMs`. */
  appendDurably(record: JournalRecord, timeoutMs: number): Promise<void>;
  search(query: JournalQuery): Promise<JournalEntry[]>;
  verify(): Promise<JournalIntegrity>;
  /** Remembers a total value for the equity curve (at most one point a minute and backend, deposits always). */
  recordEquity(point: EquityPoint): void;
  equity(range: { fromMs: number; toMs: number; maxPoints: number }): Promise<EquityPoint[]>;
  /** Small durable facts that must survive a crash (the latched panic). `null` when never set. */
  remember(key: string, value: unknown, timeoutMs: number): Promise<void>;
  recall(key: string): Promise<unknown>;
  onHealth(listener: (health: JournalHealth) => void): () => void;
  health(): JournalHealth;
  /** Writes what is queued and closes. */
  close(): Promise<void>;
}
