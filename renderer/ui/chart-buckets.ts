/** A value at a time. A float: charts are for drawing, not for reckoning. */
export interface ChartPoint {
  atMs: number;
  value: number;
}

/** One place of the time axis; without a value where nothing is known of that time. */
export interface Place {
  atS: number;
  value: number | null;
}

const MAX_BUCKETS = 800;
/** Half of a mark, with a little air. */
const HALF_MARK_PX = 9;
/** What a chart that has no size yet is taken for. */
const LEAST_WIDTH_PX = 200;

/** How many seconds one place on the time axis stands for, a multiple of the least, so that the whole stretch takes at most 800 places. */
export function bucketSeconds(points: readonly ChartPoint[], leastS = 1): number {
  const first = points[0];
  const last = points.at(-1);
  if (first === undefined || last === undefined) return leastS;
  return leastS * Math.max(1, Math.ceil((last.atMs - first.atMs) / 1_000 / leastS / MAX_BUCKETS));
}

/**
 * Puts points (in order of time) on an even axis: the charting library gives each datum the same width, so that without
 * the empty places a night without data would look like a minute. The last value of a place counts.
 */
export function toBuckets(points: readonly ChartPoint[], step: number): Place[] {
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

/** The same with empty places at both ends, as many as a mark on the first or the last needs to be drawn whole in a chart of this width. */
export function withRoomForMarks(places: readonly Place[], step: number, widthPx: number): Place[] {
  const first = places[0];
  const last = places.at(-1);
  if (first === undefined || last === undefined) return [];
  const width = Math.max(widthPx, LEAST_WIDTH_PX);
  // Half of its own place is free beside the outermost already.
  const count = Math.max(0, Math.ceil((HALF_MARK_PX * places.length) / width - 0.5));
  const empty = (fromS: number): Place[] =>
    Array.from({ length: count }, (_, index) => ({ atS: fromS + index * step, value: null }));
  return [...empty(first.atS - count * step), ...places, ...empty(last.atS + step)];
}
