import type { Clock } from '../lib/clock.ts';

export type Settled<T> = { kind: 'value'; value: T } | { kind: 'failed'; error: unknown } | { kind: 'late' };

/**
 * Calls `start` at once and waits for it no longer than `limitMs` of the clock. Never rejects. What is late goes on by
 * itself and its end is not looked at: the caller re-reads instead.
 */
export function settleWithin<T>(clock: Clock, limitMs: number, start: () => Promise<T>): Promise<Settled<T>> {
  return new Promise((resolve) => {
    const cancel = clock.after(limitMs, () => resolve({ kind: 'late' }));
    const end = (settled: Settled<T>): void => {
      cancel();
      resolve(settled);
    };
    started(start).then(
      (value) => end({ kind: 'value', value }),
      (error: unknown) => end({ kind: 'failed', error }),
    );
  });
}

/** Resolves after `delayMs` of the clock. */
export const wait = (clock: Clock, delayMs: number): Promise<void> =>
  new Promise((resolve) => void clock.after(delayMs, resolve));

/** What went wrong, in the words it came with. */
export const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** A function that throws before it has a promise to give counts like one whose promise rejects. */
function started<T>(start: () => Promise<T>): Promise<T> {
  try {
    return start();
  } catch (error) {
    return Promise.reject(error instanceof Error ? error : new Error(String(error)));
  }
}
