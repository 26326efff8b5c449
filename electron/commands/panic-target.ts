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

/** Whether the request may have come to it, although nothing was read back. */
export const mayHaveReached = ({ state }: PanicTarget): boolean =>
  state !== 'offline' && state !== 'not-supported';
