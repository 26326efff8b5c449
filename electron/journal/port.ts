import type {
  JournalEntry,
  JournalExport,
  JournalExportFormat,
  JournalHead,
  JournalHealth,
  JournalIntegrity,
  JournalKind,
  JournalQuery,
  Retention,
  RetentionPreview,
} from '#shared/domain/journal/journal.ts';
import type { Candle } from '#shared/domain/market/market.ts';
import type { EquityPoint } from '#shared/domain/portfolio/portfolio.ts';
import type { DecimalString } from '#shared/money.ts';

export interface JournalRecord {
  atMs: number;
  kind: JournalKind;
  backendId: string | null;
  /** One line for a person. */
  summary: string;
  /** The whole record; must be JSON and free of secrets. */
  data: unknown;
}

/** A price as it was received; `symbol` as the backend writes it. */
export interface PriceRecord {
  backendId: string;
  symbol: string;
  atMs: number;
  price: DecimalString;
}

/** Candles of `bucketMs` each, on whole multiples of it; both ends are widened to such a multiple. */
export interface CandleRange {
  backendId: string;
  symbol: string;
  fromMs: number;
  toMs: number;
  bucketMs: number;
}

/** Append-only memory of the desk. Searching and appending happen off the main thread. */
export interface JournalPort {
  /** Queues a record for the next batch. Never throws, never blocks; trouble shows in `health`. */
  append(record: JournalRecord): void;
  /** Writes a record and resolves once it is on disk (synced). Rejects when it cannot be, within `timeoutMs`. */
  appendDurably(record: JournalRecord, timeoutMs: number): Promise<void>;
  search(query: JournalQuery): Promise<JournalEntry[]>;
  verify(): Promise<JournalIntegrity>;
  /**
   * Writes what a search finds to a file, oldest first, however much it is; `null` when it was cancelled, and then nothing
   * is left behind. NDJSON of everything can be checked with `npm run journal -- verify`. Rejects with words for a person.
   */
  export(
    order: { query: JournalQuery; format: JournalExportFormat; path: string },
    handlers: { onProgress(entries: number): void; signal: AbortSignal },
  ): Promise<JournalExport | null>;
  /** From now on entries are kept so long; what goes leaves a checkpoint that is signed off in the chain (D8). */
  setRetention(retention: Retention): void;
  /** What it would delete, were it set now. */
  retentionPreview(retention: Retention): Promise<RetentionPreview>;
  /** The last entry before a time, whose hash vouches for everything up to it; `null` when there is none. */
  headBefore(beforeMs: number): Promise<JournalHead | null>;
  /** Remembers a total value for the equity curve (at most one point a minute and backend, deposits always). */
  recordEquity(point: EquityPoint): void;
  /** Remembers a received price in the candle of its minute. Batched; prices are kept as candles, never one by one (D7). */
  recordPrice(price: PriceRecord): void;
  /**
   * Candles made of what was recorded, oldest first; a stretch without prices has none. The newest 5,000 at most. Behind
   * the last 30 days one an hour is kept, behind 400 days none.
   */
  candles(range: CandleRange): Promise<Candle[]>;
  equity(range: { fromMs: number; toMs: number; maxPoints: number }): Promise<EquityPoint[]>;
  /**
   * The value of each backend as it stood at each of some ascending times, with the deposits since the time before on it; and its
   * first value, where its record begins after the first of them.
   */
  equityAt(timesMs: readonly number[]): Promise<EquityPoint[]>;
  /** Small durable facts that must survive a crash (the latched panic). `null` when never set. */
  remember(key: string, value: unknown, timeoutMs: number): Promise<void>;
  recall(key: string): Promise<unknown>;
  onHealth(listener: (health: JournalHealth) => void): () => void;
  health(): JournalHealth;
  /** Writes what is queued and closes. */
  close(): Promise<void>;
}
