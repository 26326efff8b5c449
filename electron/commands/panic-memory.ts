import type { PanicState } from '#shared/domain/kill-switch.ts';
import { panicState } from '#shared/domain/kill-switch.ts';

import type { JournalPort } from '../journal/port.ts';
import type { Clock } from '../lib/clock.ts';
import type { Disposer } from '../lib/disposables.ts';
import { settleWithin } from './settle-within.ts';

const KEY = 'panic';
const WRITE_LIMIT_MS = 2_000;
const READ_LIMIT_MS = 10_000;
const RETRY_MS = 5_000;

/** The latch on disk (K6). Writes go one after the other, the newest state last, and are repeated until the disk takes them. */
export interface PanicMemory {
  /** Starts writing before it returns. Resolves to whether the first attempt reached the disk (K15). */
  save(state: PanicState): Promise<boolean>;
  /** What was latched before; `unreadable` when something was kept that cannot be understood; `late` when nothing answers. */
  recall(): Promise<PanicState | 'unreadable' | 'late'>;
  dispose: Disposer;
}

/** `onSaved` is told of every state that reached the disk. */
export function createPanicMemory(parts: {
  journal: Pick<JournalPort, 'remember' | 'recall'>;
  clock: Clock;
  onSaved(state: PanicState): void;
}): PanicMemory {
  const { journal, clock } = parts;
  let wanted: PanicState | null = null;
  let waiting: ((saved: boolean) => void)[] = [];
  let writing = false;
  let disposed = false;
  let cancelRetry: Disposer = () => undefined;

  async function write(state: PanicState): Promise<void> {
    const told = waiting;
    waiting = [];
    wanted = null;
    writing = true;
    cancelRetry();
    // The journal has a time-out of its own; the second one is for a worker that does not even answer that.
    const written = await settleWithin(clock, WRITE_LIMIT_MS * 2, () =>
      journal.remember(KEY, state, WRITE_LIMIT_MS),
    );
    settled(state, told, written.kind === 'value');
  }

  function settled(state: PanicState, told: readonly ((saved: boolean) => void)[], saved: boolean): void {
    writing = false;
    if (disposed) return;
    if (saved) parts.onSaved(state);
    for (const tell of told) tell(saved);
    goOn(state, saved);
  }

  function goOn(state: PanicState, saved: boolean): void {
    if (writing) return;
    if (wanted !== null) void write(wanted);
    else if (!saved) cancelRetry = clock.after(RETRY_MS, () => void write(state));
  }

  return {
    save(state) {
      wanted = state;
      const saved = new Promise<boolean>((resolve) => waiting.push(resolve));
      if (!writing) void write(state);
      return saved;
    },
    async recall() {
      const read = await settleWithin(clock, READ_LIMIT_MS, () => journal.recall(KEY));
      if (read.kind !== 'value') return 'late';
      if (read.value === null || read.value === undefined) return { kind: 'clear' };
      return panicState.safeParse(read.value).data ?? 'unreadable';
    },
    dispose() {
      disposed = true;
      cancelRetry();
    },
  };
}
