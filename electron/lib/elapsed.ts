import type { Clock } from './clock.ts';

/**
 * From now on answers the milliseconds that passed, by whichever clock says more: the steady one may stand still while the machine
 * sleeps, and the other may be set. Never less than what passed awake; a clock that is set ahead makes it more.
 */
export function startElapsed(clock: Pick<Clock, 'now' | 'steadyMs'>): () => number {
  const [atMs, steadyAtMs] = [clock.now(), clock.steadyMs()];
  return () => Math.max(clock.now() - atMs, clock.steadyMs() - steadyAtMs);
}
