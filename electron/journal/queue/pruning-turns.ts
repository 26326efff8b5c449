import type { Retention } from '#shared/domain/journal/journal.ts';
import { HOUR_MS, MINUTE_MS } from '#shared/time.ts';

import type { Clock } from '../../lib/clock.ts';
import { isFlooded } from '../chain/pruning.ts';

/** A person who changed the retention may change it back. */
const SOON_MS = MINUTE_MS;
const FIRST_MS = 10 * MINUTE_MS;
/** Each time that something went leaves an entry. */
const EVERY_MS = 6 * HOUR_MS;
/** A file does not shrink, so that one which was flooded once keeps being looked at, but not all the time. */
const FLOODED_EVERY_MS = 10 * MINUTE_MS;

/** When the journal looks for what its retention lets go. */
export interface PruningTurns {
  setRetention(retention: Retention): void;
  /** The file has this size now: a flood does not wait for its turn. */
  grownTo(sizeBytes: number): void;
  stop(): void;
}

/** `prune` is called when it is time and there is a retention; without one everything is kept. */
export function createPruningTurns(
  before: Retention | null,
  { clock, prune }: { clock: Clock; prune(retention: Retention): void },
): PruningTurns {
  let retention = before;
  let prunedAtMs = Number.NEGATIVE_INFINITY;
  let stopped = false;
  let cancel = clock.after(FIRST_MS, turn);

  function turn(): void {
    cancel = clock.after(EVERY_MS, turn);
    prunedAtMs = clock.now();
    if (retention !== null) prune(retention);
  }

  return {
    setRetention(wanted) {
      retention = wanted;
      cancel();
      if (!stopped) cancel = clock.after(SOON_MS, turn);
    },
    grownTo(sizeBytes) {
      if (stopped || retention === null || !isFlooded(sizeBytes, retention)) return;
      // A clock that was set back gives a negative time, which must not become a long wait.
      if (Math.abs(clock.now() - prunedAtMs) < FLOODED_EVERY_MS) return;
      cancel();
      turn();
    },
    stop() {
      stopped = true;
      cancel();
    },
  };
}
