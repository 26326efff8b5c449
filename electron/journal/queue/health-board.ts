import type { JournalHealth } from '#shared/domain/journal.ts';

import type { Clock } from '../../lib/clock.ts';
import type { Disposer } from '../../lib/disposables.ts';
import type { Logger } from '../../lib/logger.ts';

const FIGURES_EVERY_MS = 2_000;

export interface HealthBoard {
  set(health: JournalHealth): void;
  get(): JournalHealth;
  onChange(listener: (health: JournalHealth) => void): Disposer;
}

/** How the journal is, told to who listens: changes of state at once, growing figures now and then. */
export function createHealthBoard(clock: Clock, log: Logger): HealthBoard {
  const listeners = new Set<(health: JournalHealth) => void>();
  let current: JournalHealth = { state: 'restarting', trouble: null, entries: 0, newestSeq: 0, sizeBytes: 0 };
  let told = current;
  let toldAtMs = clock.now();

  return {
    set(health) {
      current = health;
      const changed = told.state !== health.state || told.trouble !== health.trouble;
      const grown = told.entries !== health.entries || told.sizeBytes !== health.sizeBytes;
      if (!changed && !(grown && clock.now() - toldAtMs >= FIGURES_EVERY_MS)) return;
      const { state, trouble } = health;
      if (changed && trouble !== null) log.warn('journal', { state, trouble });
      told = health;
      toldAtMs = clock.now();
      for (const listener of [...listeners]) listener(health);
    },
    get: () => current,
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
