import type { PanicTarget } from '#shared/domain/panic/kill-switch.ts';

/** A backend that is being asked to halt for the first time. */
export const freshTarget = (backendId: string, nowMs: number): PanicTarget => ({
  backendId,
  state: 'requested',
  detail: 'Asked to halt.',
  requestedAtMs: nowMs,
  settledAtMs: null,
  reasserted: 0,
  tries: 0,
  nextTryAtMs: null,
});

/** What is known of a target after a restart: that it was halted before is no proof that it still is (K4). */
export function notReadSinceStart(target: PanicTarget): PanicTarget {
  if (!mayHaveReached(target)) return { ...target, nextTryAtMs: null };
  return {
    ...target,
    state: 'unconfirmed',
    detail: 'Not read back since Quarterdeck started.',
    settledAtMs: null,
    tries: 0,
    nextTryAtMs: null,
  };
}

/** Told otherwise as of `nowMs`. One that stays in its state keeps the moment at which it came to it; one that is over plans no further try. */
export const inState = (
  target: PanicTarget,
  told: Pick<PanicTarget, 'state' | 'detail'>,
  { nowMs, triesAgain }: { nowMs: number; triesAgain: boolean },
): PanicTarget => ({
  ...target,
  ...told,
  settledAtMs: settledAtMs(target, told.state, nowMs),
  nextTryAtMs: triesAgain && !isEnd(told.state) ? (target.nextTryAtMs ?? null) : null,
});

function settledAtMs(before: PanicTarget, state: PanicTarget['state'], nowMs: number): number | null {
  if (state === 'requested') return null;
  return state === before.state ? before.settledAtMs : nowMs;
}

/** Nothing more is tried for it. */
const isEnd = (state: PanicTarget['state']): boolean => state === 'confirmed' || state === 'not-supported';

/** Whether the request may have come to it, although nothing was read back. */
export const mayHaveReached = ({ state }: PanicTarget): boolean =>
  state !== 'offline' && state !== 'not-supported';
