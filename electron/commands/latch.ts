import type { CommandOrigin } from '#shared/domain/command.ts';
import type { PanicState, PanicTarget } from '#shared/domain/panic/kill-switch.ts';

import type { HaltTask } from './halt-task.ts';

/** One activation: from the press until a person resumes. */
export interface Latch {
  id: string;
  sinceMs: number;
  origin: string;
  because?: string | undefined;
  presses: number;
  withPractice: boolean;
  /** The disk took it (K15). */
  durable: boolean;
  tasks: Map<string, HaltTask>;
  /** The last state of each backend that the journal was told. */
  recorded: Map<string, PanicTarget['state']>;
}

/** The same as the desk and the disk know it. */
export type LatchedState = Extract<PanicState, { kind: 'latched' }>;

/** As it is at the first press. */
export const latchedNow = (
  nowMs: number,
  press: { origin: CommandOrigin; because: string | undefined; withPractice: boolean },
): Latch => ({ ...press, ...begunAt(nowMs), presses: 1, durable: false });

/** As it was kept before a restart, without the tasks of its targets. */
export function latchedBefore(stored: LatchedState): Latch {
  const { id, sinceMs, origin, because, presses, withPractice = false } = stored;
  return { ...begunAt(sinceMs), id, origin, because, presses, withPractice, durable: true };
}

/** Something was kept that cannot be understood: it counts as latched. */
export const latchedForSafety = (nowMs: number): Latch => ({
  ...begunAt(nowMs),
  origin: 'desk',
  presses: 0,
  withPractice: false,
  durable: true,
});

/** One activation at a time, so that the time of its first press names it. */
const begunAt = (sinceMs: number): Pick<Latch, 'id' | 'sinceMs' | 'tasks' | 'recorded'> => ({
  id: `panic-${sinceMs}`,
  sinceMs,
  tasks: new Map(),
  recorded: new Map(),
});

/** What the desk shows and the disk keeps of it. */
export function stateOf(latch: Latch | null, resuming: boolean): PanicState {
  if (latch === null) return { kind: 'clear' };
  const { id, sinceMs, origin, because, presses, withPractice, durable, tasks } = latch;
  const targets = [...tasks.values()].map((task) => task.target());
  const how = { origin, presses, withPractice, resuming, durable };
  return { kind: 'latched', id, sinceMs, ...how, ...(because === undefined ? {} : { because }), targets };
}
