import type { LinkLatency } from '#shared/domain/backends/link.ts';
import { MINUTE_MS } from '#shared/time.ts';

const NEWEST_KEPT = 100;
const LEAST_MESSAGES = 5;
/** Clocks drift, and a backend's may be set: what was fastest longer ago than this says nothing about its clock now. */
const WINDOW_MS = 10 * MINUTE_MS;

/** How long messages are on their way, from times that the backend puts on them. */
export interface DelayMeter {
  /** `sentAtMs` by the backend's clock, `receivedAtMs` by ours. */
  note(sentAtMs: number, receivedAtMs: number): void;
  /** `null` until enough messages carried a time. */
  read(nowMs: number): LinkLatency | null;
}

/**
 * Two clocks cannot be told apart from a delay by messages that go one way: the fastest message of the last minutes is
 * taken to have come without delay, and the others are measured against it. So a steady delay counts as offset.
 */
export function createDelayMeter(): DelayMeter {
  /** How much later than sent each of the newest came, in a ring. */
  const differences = new Float64Array(NEWEST_KEPT);
  let noted = 0;
  /** The least difference of each minute, by the number of the minute. */
  const fastest = new Map<number, number>();

  function forget(nowMs: number): void {
    for (const minute of fastest.keys()) {
      if (Math.abs(nowMs - minute * MINUTE_MS) > WINDOW_MS + MINUTE_MS) fastest.delete(minute);
    }
  }

  return {
    note(sentAtMs, receivedAtMs) {
      const difference = receivedAtMs - sentAtMs;
      if (!Number.isFinite(difference)) return;
      differences[noted % NEWEST_KEPT] = difference;
      noted += 1;
      const minute = Math.floor(receivedAtMs / MINUTE_MS);
      fastest.set(minute, Math.min(fastest.get(minute) ?? difference, difference));
      if (fastest.size > 2 * (WINDOW_MS / MINUTE_MS)) forget(receivedAtMs);
    },
    read(nowMs) {
      forget(nowMs);
      if (noted < LEAST_MESSAGES || fastest.size === 0) return null;
      const offsetMs = Math.min(...fastest.values());
      const sorted = differences.slice(0, Math.min(noted, NEWEST_KEPT)).sort();
      const median = sorted[Math.floor(sorted.length / 2)] ?? offsetMs;
      return { medianMs: Math.max(0, Math.round(median - offsetMs)), clockBehindMs: Math.round(offsetMs) };
    },
  };
}
