import type { PanicState } from '#shared/domain/panic/kill-switch.ts';
import { panicState } from '#shared/domain/panic/kill-switch.ts';

import type { JournalPort } from '../journal/port.ts';
import type { Clock } from '../lib/clock.ts';
import type { Disposer } from '../lib/disposables.ts';
import type { LatchFile } from './latch-file.ts';
import { settleWithin } from './settle-within.ts';

const KEY = 'panic';
const WRITE_LIMIT_MS = 2_000;
const READ_LIMIT_MS = 10_000;
const RETRY_MS = 5_000;

/**
 * The latch on disk (K6), in the journal and in a file of its own: either is enough to be latched, both are needed to be clear.
 * Writes go one after the other, the newest state last, and are repeated until the disk takes them.
 */
export interface PanicMemory {
  /** Starts writing before it returns. Resolves to whether the first attempt reached the disk (K15). */
  save(state: PanicState): Promise<boolean>;
  /** What was latched before; `unreadable` when something was kept that cannot be understood; `late` when nothing answers. */
  recall(): Promise<Recalled>;
  dispose: Disposer;
}

type Recalled = PanicState | 'unreadable' | 'late';

/** `onSaved` is told of every state that reached the disk. */
export function createPanicMemory(parts: {
  journal: Pick<JournalPort, 'remember' | 'recall'>;
  latchFile: LatchFile;
  clock: Clock;
  onSaved(state: PanicState): void;
}): PanicMemory {
  const { journal, clock, latchFile } = parts;
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
    const written = await settleWithin<unknown>(clock, WRITE_LIMIT_MS * 2, () => {
      const both = [journal.remember(KEY, state, WRITE_LIMIT_MS), latchFile.write(state)];
      return state.kind === 'latched' ? Promise.any(both) : Promise.all(both);
    });
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

  async function fromJournal(): Promise<Recalled | 'nothing'> {
    const read = await settleWithin(clock, READ_LIMIT_MS, () => journal.recall(KEY));
    if (read.kind !== 'value') return 'late';
    if (read.value === null || read.value === undefined) return 'nothing';
    return panicState.safeParse(read.value).data ?? 'unreadable';
  }

  async function fromFile(): Promise<PanicState | 'unreadable' | 'nothing'> {
    const read = await settleWithin(clock, READ_LIMIT_MS, () => latchFile.read());
    if (read.kind === 'value' && read.value === undefined) return 'nothing';
    return (read.kind === 'value' ? panicState.safeParse(read.value).data : undefined) ?? 'unreadable';
  }

  return {
    save(state) {
      wanted = state;
      const saved = new Promise<boolean>((resolve) => waiting.push(resolve));
      if (!writing) void write(state);
      return saved;
    },
    async recall() {
      const [journaled, filed] = await Promise.all([fromJournal(), fromFile()]);
      return joined(journaled, filed);
    },
    dispose() {
      disposed = true;
      cancelRetry();
    },
  };
}

/** A latch in either place is a latch, the later one where both have one. Only where none is readable it is not known. */
function joined(journaled: Recalled | 'nothing', filed: PanicState | 'unreadable' | 'nothing'): Recalled {
  const latched = [journaled, filed].filter((one) => isLatched(one));
  const [first, second] = latched;
  if (first !== undefined) return second !== undefined && second.sinceMs > first.sinceMs ? second : first;
  if (journaled === 'late' || journaled === 'unreadable') return journaled;
  if (journaled === 'nothing' && filed === 'unreadable') return 'unreadable';
  return { kind: 'clear' };
}

const isLatched = (one: Recalled | 'nothing'): one is Extract<PanicState, { kind: 'latched' }> =>
  typeof one === 'object' && one.kind === 'latched';
