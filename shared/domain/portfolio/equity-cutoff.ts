import type { EquityPoint } from './portfolio.ts';
import type { EpochMs } from '../../time.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../time.ts';

/** How often, at most, the time moves once the desk begins to forget its oldest points. */
const STEP_MS = 10 * MINUTE_MS;

/**
 * From when on the desk's own points are complete for all backends that have any; what is older has to come from the
 * journal. The two must not overlap: the journal gives far points in stretches and says a stretch's deposits at its end, so
 * that the same deposit would be found at two times and count twice.
 */
export function equityCutoff(live: Iterable<EquityPoint>, nowMs: EpochMs): EpochMs {
  const firstOf = new Map<string, EpochMs>();
  for (const { backendId, atMs } of live)
    firstOf.set(backendId, Math.min(firstOf.get(backendId) ?? atMs, atMs));
  if (firstOf.size === 0) return stepAfter(nowMs);
  const latest = Math.max(...firstOf.values());
  // A young session keeps all its points: its beginning stands still by itself.
  return nowMs - latest > HOUR_MS ? stepAfter(latest) : latest;
}

const stepAfter = (atMs: EpochMs): EpochMs => Math.ceil(atMs / STEP_MS) * STEP_MS;

const MAX_POINTS = 2_000;
const CLOSE_LOOK_MS = 2 * DAY_MS;
const FAR_LOOK_MS = 31 * DAY_MS;

/**
 * What is read of the journal before the desk's own points: a month, and the last two days of it closely, so that "today"
 * begins with the right figure. Whoever shows or judges today's change reads the same, so that no two say something different.
 */
export function equityReads(cutoffMs: EpochMs) {
  const closeFromMs = Math.max(0, cutoffMs - CLOSE_LOOK_MS);
  return {
    close: { fromMs: closeFromMs, toMs: cutoffMs - 1, maxPoints: MAX_POINTS },
    far: {
      fromMs: Math.max(0, cutoffMs - FAR_LOOK_MS),
      toMs: Math.max(0, closeFromMs - 1),
      maxPoints: MAX_POINTS,
    },
  };
}
