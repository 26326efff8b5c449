import type { JournalKind } from '#shared/domain/journal/journal.ts';

import type { Batch, Lane, Operation } from './protocol.ts';

export interface OutboxLimits {
  operations: number;
  bytes: number;
}

/** 50,000 operations are minutes at the design rate; 64 MiB bounds them when they are large. */
const OUTBOX_LIMITS: OutboxLimits = { operations: 50_000, bytes: 64 * 1024 * 1024 };

/** Journaled whole (D7): these may fill the outbox twice over before one of them is lost. */
const KEPT_WHOLE: ReadonlySet<JournalKind> = new Set([
  'approval',
  'kill-switch',
  'alert',
  'trade',
  'command',
  'panic',
]);

export interface Outbox {
  /**
   * Makes the operation with the next number of its lane and keeps it until it is acknowledged; `null` when there is no room.
   * What somebody waits for goes by the `prompt` lane, ahead of a flood.
   */
  add(make: (number: number) => Operation, settled?: Settled): Operation | null;
  /** The next operations to write, at most so many of each lane; still held. */
  peek(limit: number): Batch;
  acknowledge(upTo: Readonly<Record<Lane, number>>): void;
  /** Tells those who wait for durable writing that it failed for now. The operations stay. */
  refuse(words: string): void;
  /** The newest value under this key that is still on its way, or `undefined`. */
  pendingMemory(key: string): string | undefined;
  size(): number;
  /** True while somebody waits for durable writing. */
  urgent(): boolean;
  /** How many were turned away since the last call. */
  takeLost(): number;
}

export interface Settled {
  written(): void;
  failed(words: string): void;
}

interface Held {
  operation: Operation;
  bytes: number;
  settled: Settled | null;
}

/** What was not yet acknowledged by the file, in the order of each lane, within bounds. */
export function createOutbox(limits: OutboxLimits = OUTBOX_LIMITS): Outbox {
  const held: Record<Lane, Held[]> = { prompt: [], bulk: [] };
  const nextNumber: Record<Lane, number> = { prompt: 1, bulk: 1 };
  let bytes = 0;
  let lost = 0;
  let waiting = 0;

  function hasRoom(operation: Operation, size: number): boolean {
    const whole =
      operation.kind === 'entry' ? KEPT_WHOLE.has(operation.entryKind) : operation.kind !== 'candle';
    const factor = whole ? 2 : 1;
    return held.bulk.length < limits.operations * factor && bytes + size <= limits.bytes * factor;
  }

  function settle(lane: Lane, upTo: number): void {
    const firstLeft = held[lane].findIndex((item) => item.operation.number > upTo);
    const done = held[lane].slice(0, firstLeft === -1 ? held[lane].length : firstLeft);
    held[lane] = held[lane].slice(done.length);
    for (const item of done) {
      bytes -= item.bytes;
      if (item.settled === null) continue;
      waiting -= 1;
      item.settled.written();
    }
  }

  return {
    add(make, settled) {
      const lane: Lane = settled === undefined ? 'bulk' : 'prompt';
      const operation = make(nextNumber[lane]);
      const size = sizeOf(operation);
      // What somebody waits for always has room: there is at most a handful of it at a time.
      if (settled === undefined && !hasRoom(operation, size)) {
        lost += 1;
        return null;
      }
      nextNumber[lane] += 1;
      held[lane].push({ operation, bytes: size, settled: settled ?? null });
      bytes += size;
      if (settled !== undefined) waiting += 1;
      return operation;
    },
    peek(limit) {
      const first = (lane: Lane): Operation[] => held[lane].slice(0, limit).map((item) => item.operation);
      // What was queued before goes with it, so that the file has the order of the desk, unless it is a flood.
      const isFlooded = held.prompt.length > 0 && held.bulk.length > limit;
      return { bulk: isFlooded ? [] : first('bulk'), prompt: first('prompt') };
    },
    acknowledge(upTo) {
      for (const lane of ['bulk', 'prompt'] as const) settle(lane, upTo[lane]);
    },
    refuse(words) {
      for (const item of held.prompt) {
        item.settled?.failed(words);
        item.settled = null;
      }
      waiting = 0;
    },
    pendingMemory(key) {
      const found = held.prompt.findLast(
        ({ operation }) => operation.kind === 'memory' && operation.key === key,
      );
      return found?.operation.kind === 'memory' ? found.operation.value : undefined;
    },
    size: () => held.prompt.length + held.bulk.length,
    urgent: () => waiting > 0,
    takeLost() {
      const count = lost;
      lost = 0;
      return count;
    },
  };
}

function sizeOf(operation: Operation): number {
  switch (operation.kind) {
    case 'entry':
      return 200 + 2 * (operation.summary.length + operation.data.length);
    case 'equity':
      return 200;
    case 'candle':
      return 400 + 2 * operation.candle.symbol.length;
    case 'memory':
      return 200 + 2 * operation.value.length;
  }
}
