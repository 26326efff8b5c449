import type { RehearsalStep } from '#shared/domain/panic/rehearsal.ts';
import { SECOND_MS } from '#shared/time.ts';

import { HttpFailure } from '../../connections/port.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Reached } from '../../lib/connection-steps.ts';
import { resolveName, StepFailed, StepSkipped } from '../../lib/connection-steps.ts';
import type { RehearsalFinding } from '../port.ts';

/** As long as a halt has to be confirmed (K2). */
const WITHIN_MS = 5 * SECOND_MS;

/**
 * How a rehearsal asks: with its own time-out, and out of the room for decisions, so that it never spends what is kept
 * for PANIC itself.
 */
export const REHEARSE_WITH = { priority: 'decision', timeoutMs: 3 * SECOND_MS } as const;

export interface WayStep {
  name: string;
  /** What is known once it passed. */
  proves: string;
  /** Answers what it found; throws what is wrong. Changes nothing. */
  run(): Promise<string>;
}

/**
 * Walks the way of a halt, beginning with the name, all of it within five seconds of the clock. What follows a step that
 * failed is not tried. `never` says what no rehearsal can prove without halting. Never rejects.
 */
export async function walkWay(
  clock: Clock,
  way: Reached & { steps: readonly WayStep[]; never: readonly string[] },
): Promise<RehearsalFinding> {
  const untilMs = clock.now() + WITHIN_MS;
  const walked: RehearsalStep[] = [];
  const proved: string[] = [];
  const notProved: string[] = [];
  let state: RehearsalFinding['state'] = 'ready';
  const steps = [
    { name: 'Name', proves: 'Its name is known here.', run: () => resolveName(way) },
    ...way.steps,
  ];
  for (const [index, { name, proves, run }] of steps.entries()) {
    const startedAtMs = clock.now();
    const note = (outcome: RehearsalStep['outcome'], detail: string): void => {
      walked.push({ name, outcome, detail, tookMs: clock.now() - startedAtMs });
      (outcome === 'passed' ? proved : notProved).push(proves);
    };
    if (state !== 'ready') {
      note('skipped', '');
      continue;
    }
    try {
      note('passed', await inTime(clock, untilMs, run));
    } catch (error) {
      if (error instanceof StepSkipped) note('skipped', error.message);
      else {
        state = index === 0 || isSilence(error) ? 'unreachable' : 'not-ready';
        note('failed', wordsOf(error));
      }
    }
  }
  return { state, steps: walked, proved, notProved: [...notProved, ...way.never] };
}

/** Nobody said anything, as opposed to saying something that would keep a halt from working. */
function isSilence(error: unknown): boolean {
  return error instanceof HttpFailure && SILENT_CODES.has(error.linkCause.code);
}

const SILENT_CODES: ReadonlySet<HttpFailure['linkCause']['code']> = new Set([
  'unreachable',
  'refused',
  'timeout',
  'silent',
  'closed',
  'insecure',
]);

const wordsOf = (error: unknown): string =>
  error instanceof HttpFailure || error instanceof StepFailed
    ? error.message
    : 'Failed in an unforeseen way.';

function inTime<T>(clock: Clock, untilMs: number, run: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const message = 'No answer within the 5 s that a halt has.';
    const cancel = clock.after(Math.max(0, untilMs - clock.now()), () =>
      reject(new HttpFailure({ code: 'timeout', message }, true)),
    );
    run().then(resolve, reject).finally(cancel);
  });
}
