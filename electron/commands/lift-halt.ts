import type { KillSwitch } from '#shared/domain/panic/kill-switch.ts';

import type { ActAnswer, PanicPort } from '../backends/port.ts';
import type { Clock } from '../lib/clock.ts';
import type { Settled } from './settle-within.ts';
import { settleWithin, wait, wordsOf } from './settle-within.ts';

const RESUME_LIMIT_MS = 5_000;
const READ_LIMIT_MS = 5_000;
const PAUSES_MS = [0, 500, 1_500, 3_000];

export interface Lifted {
  /** Read back as not halted (K7). */
  lifted: boolean;
  words: string;
  /** What the last reading showed; `null` when it could not be read at all. */
  seen: KillSwitch | null;
}

/** Lifts one backend's halt and reads it back, until interrupted. Starts nothing else there. Never rejects. */
export async function liftHalt(
  clock: Clock,
  panic: PanicPort,
  origin: string,
  isInterrupted: () => boolean,
): Promise<Lifted> {
  const answer = await settleWithin(clock, RESUME_LIMIT_MS, () =>
    panic.resume(`Resumed on Quarterdeck (${origin})`),
  );
  const refused = answer.kind === 'failed' || (answer.kind === 'value' && answer.value.kind === 'refused');
  let seen: KillSwitch | null = null;
  for (const pauseMs of refused ? PAUSES_MS.slice(0, 1) : PAUSES_MS) {
    if (pauseMs > 0) await wait(clock, pauseMs);
    if (isInterrupted()) break;
    const read = await settleWithin(clock, READ_LIMIT_MS, () => panic.read());
    if (read.kind === 'value') seen = read.value;
    if (seen?.enabled === false) return { lifted: true, words: 'resumed, and read back', seen };
  }
  const reads = seen === null ? 'it could not be read back' : 'it does not read as resumed';
  return { lifted: false, words: `not resumed: ${reads}. ${wordsOfAnswer(answer)}`, seen };
}

function wordsOfAnswer(answer: Settled<ActAnswer>): string {
  switch (answer.kind) {
    case 'value':
      return answer.value.message;
    case 'failed':
      return wordsOf(answer.error);
    case 'late':
      return 'No answer in time';
  }
}
