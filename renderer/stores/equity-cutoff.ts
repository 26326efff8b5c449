import type { EquityPoint } from '#shared/domain/portfolio.ts';
import type { EpochMs } from '#shared/time.ts';
import { HOUR_MS, MINUTE_MS } from '#shared/time.ts';

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
