import type { Clock } from '../lib/clock.ts';
import type { Disposer } from '../lib/disposables.ts';

export interface SilenceWatchdog {
  /** Something arrived now. Costs next to nothing: no timer is moved. */
  touch: (nowMs: number) => void;
  dispose: Disposer;
}

/**
 * Calls back once when nothing has arrived for `silenceMs` (D1). One timer looks at the last arrival instead of being set anew by
 * each. A clock set back makes the last arrival lie in the future: it then counts as now, so the watchdog is late by at
 * most one `silenceMs`. A clock that leapt ahead (sleep) makes it early, which costs a re-connection that was due anyway.
 */
export function watchSilence(clock: Clock, silenceMs: number, onSilent: () => void): SilenceWatchdog {
  let arrivedAtMs = clock.now();
  let stop = clock.after(silenceMs, look);

  function look(): void {
    const nowMs = clock.now();
    arrivedAtMs = Math.min(arrivedAtMs, nowMs);
    const leftMs = arrivedAtMs + silenceMs - nowMs;
    if (leftMs <= 0) onSilent();
    else stop = clock.after(leftMs, look);
  }

  return {
    touch(nowMs) {
      arrivedAtMs = nowMs;
    },
    dispose: () => stop(),
  };
}
