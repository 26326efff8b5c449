import { MINUTE_MS, SECOND_MS } from '#shared/time.ts';

import { createRecent } from '../lib/recent.ts';

/** How many seconds a source has to wait; 0 when it may go on. What is refused is not counted. */
export type RateCheck = (source: string, nowMs: number) => number;

/** So many requests in any minute from each source. Remembers the newest few hundred sources. */
export function createRateCheck(perMinute: number): RateCheck {
  const recent = createRecent<number[]>(SOURCES_KEPT);
  return (source, nowMs) => {
    // A clock that was set back must not shut a source out for as long.
    const times = (recent.get(source) ?? []).filter((atMs) => atMs <= nowMs && nowMs - atMs < MINUTE_MS);
    const oldest = times[0];
    if (oldest !== undefined && times.length >= perMinute)
      return Math.max(1, Math.ceil((oldest + MINUTE_MS - nowMs) / SECOND_MS));
    times.push(nowMs);
    recent.set(source, times);
    return 0;
  };
}

const SOURCES_KEPT = 256;
