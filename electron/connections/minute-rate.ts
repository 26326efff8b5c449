import { SECOND_MS } from '#shared/time.ts';

const SECONDS = 60;

/** Counts happenings of the last minute, second by second, whatever their number. */
export interface MinuteRate {
  note(nowMs: number): void;
  read(nowMs: number): number;
}

export function createMinuteRate(): MinuteRate {
  const counts = Array.from({ length: SECONDS }, () => ({ second: -1, count: 0 }));

  return {
    note(nowMs) {
      const second = Math.floor(nowMs / SECOND_MS);
      const bucket = counts[second % SECONDS];
      if (bucket === undefined) return;
      if (bucket.second !== second) Object.assign(bucket, { second, count: 0 });
      bucket.count += 1;
    },
    read(nowMs) {
      const second = Math.floor(nowMs / SECOND_MS);
      return counts
        .filter((bucket) => bucket.second > second - SECONDS && bucket.second <= second)
        .reduce((sum, { count }) => sum + count, 0);
    },
  };
}
