import { MINUTE_MS, SECOND_MS } from '#shared/time.ts';

import type { Clock } from '../../lib/clock.ts';
import { ModelFailure } from './failure.ts';

const SILENCE_MS = 90 * SECOND_MS;
/** A line that is only kept open is no answer, however often it says so. */
const WORDLESS_MS = 10 * MINUTE_MS;

/**
 * How long a server is waited for, by the desk's clock. What asks it takes the signal, which ends it when it takes longer than it
 * may, and says what it hears; why it ended is then `lateness`.
 */
export function createPatience(clock: Clock, firstMs: number) {
  const ended = new AbortController();
  let late: ModelFailure | null = null;
  let silenceMs = SILENCE_MS;
  const timers = { bytes: (): void => {}, words: (): void => {} };

  function within(timer: keyof typeof timers, ms: number, words: string, code: 'no-answer' | 'silent'): void {
    timers[timer]();
    timers[timer] = clock.after(ms, () => {
      late ??= new ModelFailure(code, words);
      ended.abort();
    });
  }

  /** Bytes came, whatever they say. */
  function heard(): void {
    within('bytes', silenceMs, `The server has sent nothing for ${silenceMs / SECOND_MS} s.`, 'silent');
  }

  /** A part of an answer came. */
  function said(): void {
    const minutes = WORDLESS_MS / MINUTE_MS;
    within(
      'words',
      WORDLESS_MS,
      `The server keeps the line open, and has said nothing for ${minutes} min.`,
      'silent',
    );
  }

  within('bytes', firstMs, `The server did not answer within ${firstMs / SECOND_MS} s.`, 'no-answer');
  said();

  return {
    signal: ended.signal,
    heard,
    said,
    /** From now on silence may last this long. */
    shorten(ms: number): void {
      silenceMs = ms;
      heard();
    },
    /** Why it was ended, if it was too late. */
    lateness: (): ModelFailure | null => late,
    end(): void {
      timers.bytes();
      timers.words();
      ended.abort();
    },
    abort: (): void => ended.abort(),
  };
}
