import { z } from 'zod';

import { epochMs } from '#shared/epoch-ms.ts';
import { MINUTE_MS, SECOND_MS } from '#shared/time.ts';

import type { Clock } from './clock.ts';

/** Wrong answers since the last right one, so that a restart forgives none of them. */
export const attempts = z.object({ failures: z.number().int().min(0), lastAtMs: epochMs });
export type Attempts = z.infer<typeof attempts>;

export const NO_ATTEMPTS: Attempts = { failures: 0, lastAtMs: 0 };

export interface AttemptGateParts {
  clock: Clock;
  /** What a run before this one left behind. */
  before: Attempts;
  /** Called before each look at an answer and after each right one. Must not throw. */
  save(attempts: Attempts): void;
}

/** Lets answers through one at a time, and after each wrong one later. */
export interface AttemptGate {
  /** When the next answer is looked at; `null` for at once. */
  nextTryAtMs(): number | null;
  /** `too-early`: the answer was not looked at, and nobody learns whether it was right. */
  try(isRight: () => Promise<boolean>): Promise<'right' | 'wrong' | 'too-early'>;
}

const LONGEST_DELAY_MS = 5 * MINUTE_MS;

/** 1 s after the first wrong answer, twice as long after each further one, at most five minutes. */
const delayAfter = (failures: number): number =>
  failures === 0 ? 0 : Math.min(LONGEST_DELAY_MS, SECOND_MS * 2 ** Math.min(failures - 1, 20));

/**
 * A wrong answer counts before it is looked at: a process that is killed while it looks has spent the attempt all the same.
 */
export function createAttemptGate({ clock, before, save }: AttemptGateParts): AttemptGate {
  let known = before;
  let looking = false;

  function nextTryAtMs(): number | null {
    const delayMs = delayAfter(known.failures);
    // A machine's clock that was set back must not lock a person out for longer than the delay.
    const waitMs = Math.min(delayMs, known.lastAtMs + delayMs - clock.now());
    return waitMs > 0 ? clock.now() + waitMs : null;
  }

  return {
    nextTryAtMs,
    async try(isRight) {
      if (looking || nextTryAtMs() !== null) return 'too-early';
      looking = true;
      const failed = { failures: known.failures + 1, lastAtMs: clock.now() };
      save(failed);
      try {
        const right = await isRight();
        known = right ? NO_ATTEMPTS : { ...failed, lastAtMs: clock.now() };
        if (right) save(known);
        return right ? 'right' : 'wrong';
      } catch (error) {
        // Whether it was right is not known: not the person's mistake.
        save(known);
        throw error;
      } finally {
        looking = false;
      }
    },
  };
}
