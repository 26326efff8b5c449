import type { CommandOrigin } from '#shared/domain/command.ts';
import type { KillSwitch } from '#shared/domain/panic/kill-switch.ts';

import type { Fleet } from '../backends/fleet-port.ts';
import type { Clock } from '../lib/clock.ts';
import type { HaltTask } from './halt-task.ts';
import { liftHalt } from './lift-halt.ts';
import type { PanicRecords } from './panic-records.ts';
import type { PanicControl } from './port.ts';

type Answer = Awaited<ReturnType<PanicControl['resume']>>;

export interface ResumeParts {
  clock: Clock;
  fleet: Pick<Fleet, 'get'>;
  nameOf(backendId: string): string;
  /** What reading a backend's halt showed. */
  onRead(killSwitch: KillSwitch): void;
  records: Pick<PanicRecords, 'resuming' | 'resumed'>;
  latched(): { id: string; presses: number; tasks: ReadonlyMap<string, HaltTask> } | null;
  /** A resume began or ended. */
  onUnderWay(): void;
  /** Ends the activation; resolves to whether the disk took it. */
  clear(): Promise<boolean>;
}

export interface Resume {
  /** Lifts the halt on every backend at once and reads each back. The latch goes only when none is left halted (K7). */
  run(origin: CommandOrigin): Promise<Answer>;
  isUnderWay(): boolean;
  /** PANIC was pressed: whatever is under way no longer counts. True when something was. */
  interrupt(): boolean;
}

const INTERRUPTED: Answer = {
  resumed: false,
  message: 'PANIC was pressed again while resuming: it stays latched.',
};

export function createResume(parts: ResumeParts): Resume {
  const { clock } = parts;
  let underWay: { interrupted: boolean; answer: Promise<Answer> } | null = null;

  async function runOnce(origin: CommandOrigin, isInterrupted: () => boolean): Promise<Answer> {
    const latch = parts.latched();
    if (latch === null) return { resumed: false, message: 'PANIC is not latched.' };
    if (!(await parts.records.resuming(latch.id, origin, latch.presses))) {
      const message =
        'The journal cannot be written, so nothing was resumed: what adds risk is written down first.';
      return { resumed: false, message };
    }
    if (isInterrupted()) return INTERRUPTED;
    for (const task of latch.tasks.values()) task.hold();
    const ends = await Promise.all(
      [...latch.tasks].map(([id, task]) => lift(id, task, origin, isInterrupted)),
    );
    if (isInterrupted()) return INTERRUPTED;

    const words = ends.map((end) => `${parts.nameOf(end.backendId)}: ${end.words}.`).join(' ');
    parts.records.resumed(latch.id, words);
    if (ends.some((end) => !end.done)) {
      // Where there was nothing to lift nothing was resumed either: it stays what it was, and holds up no later resume.
      for (const { task, wasLifted } of ends) {
        if (wasLifted) task.leave();
        else task.release();
      }
      return {
        resumed: false,
        message: `PANIC stays latched. ${words} Try again, or remove what cannot be reached.`,
      };
    }
    const durable = await parts.clear();
    const warning = durable
      ? ''
      : ' NOT DURABLE: the disk did not take it, so PANIC may show as latched after a restart.';
    return { resumed: true, message: `${words} Nothing else was started.${warning}`.trim() };
  }

  async function lift(
    backendId: string,
    task: HaltTask,
    origin: string,
    isInterrupted: () => boolean,
  ): Promise<End> {
    const { state } = task.target();
    const end = (done: boolean, words: string, wasLifted = false): End => ({
      backendId,
      task,
      done,
      wasLifted,
      words,
    });
    const panic = parts.fleet.get(backendId)?.panic ?? null;
    if (state === 'not-supported') return end(true, 'was never halted from here');
    // Where PANIC never arrived there is nothing that a person would have to wait for.
    const neverArrived = state === 'offline';
    if (panic === null) return end(neverArrived, 'cannot be reached');
    const lifted = await liftHalt(clock, panic, origin, isInterrupted);
    if (lifted.seen !== null) parts.onRead(lifted.seen);
    // The resume may reach the backend after the halt that the new press sent: the halt has to come last.
    if (isInterrupted()) task.halt();
    if (!lifted.lifted && neverArrived && lifted.seen === null) {
      return end(true, 'cannot be reached; PANIC was not known to be in effect there');
    }
    return end(lifted.lifted, lifted.words, lifted.lifted);
  }

  return {
    run(origin) {
      if (underWay !== null) return underWay.answer;
      const current = { interrupted: false, answer: Promise.resolve(INTERRUPTED) };
      underWay = current;
      current.answer = runOnce(origin, () => current.interrupted).finally(() => {
        if (underWay === current) underWay = null;
        parts.onUnderWay();
      });
      parts.onUnderWay();
      return current.answer;
    },
    isUnderWay: () => underWay !== null,
    interrupt() {
      if (underWay === null) return false;
      underWay.interrupted = true;
      underWay = null;
      return true;
    },
  };
}

interface End {
  backendId: string;
  task: HaltTask;
  done: boolean;
  wasLifted: boolean;
  words: string;
}
