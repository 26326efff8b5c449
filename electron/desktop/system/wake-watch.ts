import type { Clock } from '../../lib/clock.ts';
import type { Disposer } from '../../lib/disposables.ts';

const LOOK_MS = 2_000;
/** Timers that come this much too late mean that the machine was asleep, also where no event says so. */
const SLEPT_MS = 30_000;

export interface WakeWatchParts {
  realClock: Clock;
  /** Whether the system has a network at all. */
  isOnline(): boolean;
  /** Subscribes to the system's own word that it woke up. */
  onResume(listener: () => void): Disposer;
  wake(cause: 'resumed' | 'network-returned'): void;
}

/** Tells when the machine woke up or its network returned, so that links open at once instead of at their next turn (D2). */
export function startWakeWatch({ realClock, isOnline, onResume, wake }: WakeWatchParts): Disposer {
  let online = isOnline();
  let lookedAtMs = realClock.now();
  const stopLooking = realClock.every(LOOK_MS, () => {
    const nowMs = realClock.now();
    const slept = nowMs - lookedAtMs > SLEPT_MS;
    lookedAtMs = nowMs;
    const wasOnline = online;
    online = isOnline();
    if (slept) wake('resumed');
    else if (online && !wasOnline) wake('network-returned');
  });
  const stopResume = onResume(() => {
    lookedAtMs = realClock.now();
    wake('resumed');
  });
  return () => {
    stopLooking();
    stopResume();
  };
}
