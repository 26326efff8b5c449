import type { EquityPoint } from './portfolio.ts';
import type { EpochMs } from '../../time.ts';
import { MINUTE_MS } from '../../time.ts';

/**
 * The desk's points of a minute and the totals that this window received, in one line in order of time. A minute's point
 * holds the last value of its minute, so it stands at the minute's end; where the window saw the minute itself, only the
 * deposits of it are taken over.
 */
export function mergeEquity(minutes: Iterable<EquityPoint>, received: Iterable<EquityPoint>): EquityPoint[] {
  const firstOf = new Map<string, EpochMs>();
  const lastOf = new Map<string, EpochMs>();
  const merged: EquityPoint[] = [];
  for (const point of received) {
    const { backendId, atMs } = point;
    firstOf.set(backendId, Math.min(firstOf.get(backendId) ?? atMs, atMs));
    lastOf.set(backendId, Math.max(lastOf.get(backendId) ?? atMs, atMs));
    merged.push(point);
  }
  for (const point of minutes) {
    const { backendId, atMs, depositUsd } = point;
    const endMs = atMs + MINUTE_MS - 1;
    const seenFromMs = firstOf.get(backendId);
    if (seenFromMs === undefined || endMs < seenFromMs) merged.push({ ...point, atMs: endMs });
    else if (depositUsd !== null)
      merged.push({ ...point, atMs: Math.min(endMs, lastOf.get(backendId) ?? endMs) });
  }
  return merged.sort((a, b) => a.atMs - b.atMs);
}
