import { z } from 'zod';

import type {
  JournalEntry,
  JournalExport,
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

import type { ExportOrder } from '../export/export-order.ts';
import type { CandleRange } from '../port.ts';
import type { MinuteCandle } from './price-minutes.ts';

/** What somebody waits for does not stand in line behind a flood: it goes by a lane of its own and is synced. */
export type Lane = 'bulk' | 'prompt';

/**
 * Something to write. Numbers rise by the order of queueing within one lane of one session; the file remembers the last one
 * it holds of each, so an operation that is sent again after a crash is written once.
 */
export type Operation =
  | {
      kind: 'entry';
      number: number;
      atMs: number;
      entryKind: JournalKind;
      backendId: string | null;
      summary: string;
      data: string;
    }
  | { kind: 'equity'; number: number; point: EquityPoint }
  /** Prices of one minute; joined with what the file holds of it. */
  | { kind: 'candle'; number: number; candle: MinuteCandle }
  | { kind: 'memory'; number: number; key: string; value: string };

/** What is written in one transaction: first the bulk, then the prompt. */
export type Batch = Record<Lane, Operation[]>;

export interface EquityRange {
  fromMs: number;
  toMs: number;
  maxPoints: number;
}

export type ReadCall =
  | { name: 'search'; query: JournalQuery }
  | { name: 'verify' }
  | { name: 'equity'; range: EquityRange }
  /** The values as they stood at some times. */
  | { name: 'equity-at'; timesMs: readonly number[] }
  | { name: 'candles'; range: CandleRange }
  | { name: 'recall'; key: string }
  | { name: 'retention'; retention: Retention }
  /** The last entry before a time: its hash vouches for everything up to it. */
  | { name: 'head'; beforeMs: number };

/** What is answered, by the name of the answer. */
export interface ReadValues {
  search: JournalEntry[];
  verify: JournalIntegrity;
  equity: EquityPoint[];
  candles: Candle[];
  /** JSON text as it was remembered. */
  recall: string | null;
  retention: RetentionPreview;
  head: JournalHead | null;
}

export type ReadResult = {
  [Name in keyof ReadValues]: { name: Name; value: ReadValues[Name] };
}[keyof ReadValues];

/** Given to the worker when it starts. */
export const workerStart = z.object({
  file: z.string(),
  /** Names the run of the main process whose operation numbers count. */
  session: z.string(),
  /** True when the session begins, false when a crashed worker is replaced. */
  fresh: z.boolean(),
  nowMs: z.number(),
});
export type WorkerStart = z.infer<typeof workerStart>;

export type ToWorker =
  | { kind: 'write'; batch: Batch; nowMs: number }
  /** Delete what this retention lets go. Answered by `health` alone. */
  | { kind: 'prune'; retention: Retention; nowMs: number }
  /** Write what a search finds to a file; told by `export-progress`, `export-done` or `export-failed`. */
  | { kind: 'export'; id: string; order: ExportOrder }
  | { kind: 'cancel-export'; id: string }
  | { kind: 'read'; id: number; call: ReadCall; nowMs: number }
  | { kind: 'close' };

export type FromWorker =
  /** The first attempt to open the file is over, whatever came of it. */
  | { kind: 'opened'; health: JournalHealth }
  /** Everything of each lane up to its number is in the file; synced where the batch had something prompt. */
  | { kind: 'written'; upTo: Record<Lane, number>; spoiled: number; health: JournalHealth }
  /** Nothing of the batch was written; it is to be sent again later. */
  | { kind: 'refused'; health: JournalHealth }
  | { kind: 'health'; health: JournalHealth }
  | { kind: 'answer'; id: number; result: ReadResult }
  | { kind: 'failed-answer'; id: number; message: string }
  | { kind: 'export-progress'; id: string; entries: number }
  | { kind: 'export-done'; id: string; value: JournalExport | null }
  | { kind: 'export-failed'; id: string; message: string }
  | { kind: 'closed' };
