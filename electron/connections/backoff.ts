const FIRST_CEILING_MS = 2_000;
const LONGEST_MS = 60_000;
const LONGEST_ASKED_MS = 600_000;

/**
 * How long to wait before the next attempt, in milliseconds: 1-2 s after the first failure, doubling to 30-60 s, for ever.
 * `attempt` counts failures since the link was last stable, from 0; `random` is between 0 and 1.
 * Half of the time is fixed and half is chance: many desks that lost one server do not return in step, and none returns at once.
 */
export function backoff(attempt: number, random: number): number {
  const ceilingMs = Math.min(LONGEST_MS, FIRST_CEILING_MS * 2 ** Math.min(attempt, 30));
  return Math.round(ceilingMs / 2 + (random * ceilingMs) / 2);
}

/**
 * The wait when the server named one: never shorter than it asked for, never shorter than our own backoff. A server
 * that asks for more than ten minutes is asked again after ten, because a slip there must not switch a desk off for a day.
 */
export function backoffAsAsked(attempt: number, random: number, retryAfterMs: number | null): number {
  return Math.max(backoff(attempt, random), Math.min(retryAfterMs ?? 0, LONGEST_ASKED_MS));
}
