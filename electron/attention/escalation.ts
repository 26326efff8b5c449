import { MINUTE_MS } from '#shared/time.ts';

import type { Clock } from '../lib/clock.ts';
import type { Disposer } from '../lib/disposables.ts';
import type { Considered } from './policy/considered.ts';
import { titleText } from './policy/words.ts';

/** Pauses before a critical alert that nobody acknowledges is told again. */
const PAUSES_MS = [2 * MINUTE_MS, 5 * MINUTE_MS, 10 * MINUTE_MS, 30 * MINUTE_MS];

export interface Escalation {
  watch(considered: Considered): void;
  withdraw(key: string): void;
  dispose: Disposer;
}

/** Tells again, in growing pauses, what is critical and open (L3). */
export function createEscalation(clock: Clock, tellAgain: (considered: Considered) => void): Escalation {
  const timers = new Map<string, Disposer>();

  function schedule(considered: Considered, step: number): void {
    const { key } = considered.notice;
    const pauseMs = PAUSES_MS[step];
    timers.get(key)?.();
    timers.delete(key);
    if (pauseMs === undefined) return;
    const run = (): void => {
      schedule(considered, step + 1);
      const title = titleText(`Still open: ${considered.notice.title}`);
      tellAgain({ ...considered, notice: { ...considered.notice, title } });
    };
    timers.set(key, clock.after(pauseMs, run));
  }

  return {
    watch(considered) {
      // Repetitions of what is watched already do not push the next reminder away.
      if (considered.escalates && !timers.has(considered.notice.key)) schedule(considered, 0);
    },
    withdraw(key) {
      timers.get(key)?.();
      timers.delete(key);
    },
    dispose() {
      for (const cancel of timers.values()) cancel();
      timers.clear();
    },
  };
}
