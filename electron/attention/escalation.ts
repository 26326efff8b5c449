import type { SoundName } from '#shared/domain/attention/attention.ts';
import { MINUTE_MS } from '#shared/time.ts';
import { t } from '#shared/words.ts';

import type { Clock } from '../lib/clock.ts';
import type { Disposer } from '../lib/disposables.ts';
import type { Considered } from './policy/considered.ts';
import { titleText } from './policy/words.ts';

/** How something critical that nobody acknowledged is told again. */
export interface Reminder {
  louder: { sound: SoundName; volume: number };
  /** Whether channels join in that are kept for what nobody acknowledges. */
  nextChannel: boolean;
}

/** Pauses before each reminder: first louder, then at full volume with another sound and on the next channel. */
const STEPS: readonly (Reminder & { pauseMs: number })[] = [
  { pauseMs: 2 * MINUTE_MS, louder: { sound: 'critical', volume: 0.85 }, nextChannel: false },
  { pauseMs: 5 * MINUTE_MS, louder: { sound: 'kill', volume: 1 }, nextChannel: true },
  { pauseMs: 10 * MINUTE_MS, louder: { sound: 'kill', volume: 1 }, nextChannel: true },
  { pauseMs: 30 * MINUTE_MS, louder: { sound: 'kill', volume: 1 }, nextChannel: true },
];

export interface Escalation {
  /** Begins for what escalates; ends for a key about which something lesser is said now. */
  watch(considered: Considered): void;
  withdraw(key: string): void;
  dispose: Disposer;
}

/** Tells again, louder and in growing pauses, what is critical and open (L3). */
export function createEscalation(
  clock: Clock,
  tellAgain: (considered: Considered, reminder: Reminder) => void,
): Escalation {
  const timers = new Map<string, Disposer>();

  function withdraw(key: string): void {
    timers.get(key)?.();
    timers.delete(key);
  }

  function schedule(considered: Considered, index: number): void {
    const { key } = considered.notice;
    const step = STEPS[index];
    withdraw(key);
    if (step === undefined) return;
    const run = (): void => {
      schedule(considered, index + 1);
      const title = titleText(t('Still open: {title}', { title: considered.notice.title }));
      tellAgain({ ...considered, notice: { ...considered.notice, title } }, step);
    };
    timers.set(key, clock.after(step.pauseMs, run));
  }

  return {
    watch(considered) {
      const { key } = considered.notice;
      if (!considered.escalates) withdraw(key);
      // Repetitions of what is watched already do not push the next reminder away.
      else if (!timers.has(key)) schedule(considered, 0);
    },
    withdraw,
    dispose() {
      for (const cancel of timers.values()) cancel();
      timers.clear();
    },
  };
}
