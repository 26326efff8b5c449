/** A value at a time. A float: charts are for drawing, not for reckoning. */
export interface ChartPoint {
  atMs: number;
  value: number;
}

const MAX_BUCKETS = 800;

/** How many seconds one place on the time axis stands for, so that the whole stretch takes at most 800 places. */
export function bucketSeconds(points: readonly ChartPoint[]): number {
  const first = points[0];
  const last = points.at(-1);
  if (first === undefined || last === undefined) return 1;
  return Math.max(1, Math.ceil((last.atMs - first.atMs) / 1_000 / MAX_BUCKETS));
}

/**
 * Puts points (in order of time) on an even axis: the charting library gives each datum the same width, so that without
 * the empty places a night without data would look like a minute. The last value of a place counts.
 */
export function toBuckets(
  points: readonly ChartPoint[],
  step: number,
): { atS: number; value: number | null }[] {
  const byBucket = new Map<number, number>();
  for (const { atMs, value } of points) byBucket.set(Math.floor(atMs / 1_000 / step), value);
  const buckets = [...byBucket.keys()];
  const first = buckets[0];
  const last = buckets.at(-1);
  if (first === undefined || last === undefined) return [];
  return Array.from({ length: last - first + 1 }, (_, index) => ({
    atS: (first + index) * step,
    value: byBucket.get(first + index) ?? null,
  }));
}
