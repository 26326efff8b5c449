import type { JournalHealth } from '#shared/domain/journal/journal.ts';

import type { Clock } from '../../lib/clock.ts';
import type { Disposer } from '../../lib/disposables.ts';
import type { Logger } from '../../lib/logger.ts';

const FIGURES_EVERY_MS = 2_000;

export interface HealthBoard {
  set(health: JournalHealth): void;
  get(): JournalHealth;
  onChange(listener: (health: JournalHealth) => void): Disposer;
  /** Nobody is told any more. */
  dispose: Disposer;
}

/** How the journal is, told to who listens: changes of state at once, growing figures at most every two seconds, the last ones always. */
export function createHealthBoard(clock: Clock, log: Logger): HealthBoard {
  const listeners = new Set<(health: JournalHealth) => void>();
  let current: JournalHealth = { state: 'restarting', trouble: null, entries: 0, newestSeq: 0, sizeBytes: 0 };
  let told = current;
  let toldAtMs = clock.now();
  let cancelTelling: Disposer | null = null;

  function tell(): void {
    cancelTelling?.();
    cancelTelling = null;
    told = current;
    toldAtMs = clock.now();
    for (const listener of [...listeners]) listener(current);
  }

  return {
    set(health) {
      current = health;
      const { state, trouble } = health;
      if (told.state !== state || told.trouble !== trouble) {
        if (trouble !== null) log.warn('journal', { state, trouble });
        tell();
        return;
      }
      if (told.entries === health.entries && told.sizeBytes === health.sizeBytes) return;
      const waitMs = toldAtMs + FIGURES_EVERY_MS - clock.now();
      if (waitMs <= 0) tell();
      else cancelTelling ??= clock.after(Math.min(waitMs, FIGURES_EVERY_MS), tell);
    },
    get: () => current,
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    dispose() {
      cancelTelling?.();
      listeners.clear();
    },
  };
}
