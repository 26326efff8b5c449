import type { Snooze } from '#shared/domain/attention/attention-policy.ts';
import { DAY_MS } from '#shared/time.ts';

import type { Clock } from '../lib/clock.ts';
import type { Disposer } from '../lib/disposables.ts';

export interface Snoozes {
  /** Told what is snoozed now; forgets what no longer is. */
  follow(snoozes: readonly Snooze[]): void;
  dispose: Disposer;
}

/** Says when a snooze ends, also one that began before the desk did. One that the person took back ends without a word. */
export function createSnoozes(clock: Clock, onEnded: (snooze: Snooze) => void): Snoozes {
  let open: readonly Snooze[] = [];
  let cancel: Disposer | null = null;

  function schedule(): void {
    cancel?.();
    cancel = null;
    const next = Math.min(...open.map(({ untilMs }) => untilMs));
    if (!Number.isFinite(next)) return;
    // No timer is trusted for longer than a day.
    cancel = clock.after(Math.min(DAY_MS, Math.max(0, next - clock.now())), look);
  }

  function look(): void {
    const nowMs = clock.now();
    const ended = open.filter(({ untilMs }) => untilMs <= nowMs);
    open = open.filter(({ untilMs }) => untilMs > nowMs);
    schedule();
    for (const snooze of ended) onEnded(snooze);
  }

  return {
    follow(snoozes) {
      open = snoozes.filter(({ untilMs }) => untilMs > clock.now());
      schedule();
    },
    dispose() {
      cancel?.();
      open = [];
    },
  };
}
