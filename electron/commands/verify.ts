import type { Command } from '#shared/domain/command.ts';

import type { ActAnswer, Backend, Verification } from '../backends/port.ts';
import type { Clock } from '../lib/clock.ts';
import { settleWithin, wait, wordsOf } from './settle-within.ts';

/**
 * Pauses before each re-read while a person waits. A backend may show its own change a moment late, and a request whose
 * answer was lost may still be on its way in, so one look that finds nothing proves nothing.
 */
const PAUSES_MS = [0, 500, 1_500, 3_000, 5_000];

const VERIFY_LIMIT_MS = 20_000;

/** Re-reads what became of an act, several times while it does not show. Never rejects. */
export async function verifyAct(
  clock: Clock,
  backend: Backend,
  command: Command,
  answer: ActAnswer,
): Promise<Verification> {
  let last: Verification = { kind: 'pending', message: 'Not re-read yet.' };
  for (const pauseMs of PAUSES_MS) {
    if (pauseMs > 0) await wait(clock, pauseMs);
    last = await verifyOnce(clock, backend, command, answer);
    if (last.kind === 'confirmed' || last.kind === 'unverifiable') return last;
    // It has answered, with a refusal: nothing is on its way any more.
    if (answer.kind === 'refused' && last.kind === 'contradicted') return last;
  }
  return last;
}

/** One re-read; what cannot be read is `pending`. Never rejects. */
export async function verifyOnce(
  clock: Clock,
  backend: Backend,
  { act, params }: Command,
  answer: ActAnswer,
): Promise<Verification> {
  const settled = await settleWithin(clock, VERIFY_LIMIT_MS, () =>
    backend.acting.verify(act, params, answer),
  );
  if (settled.kind === 'value') return settled.value;
  const message = settled.kind === 'late' ? 'It did not answer in time.' : wordsOf(settled.error);
  return { kind: 'pending', message };
}
