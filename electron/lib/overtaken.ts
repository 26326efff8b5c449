import { MINUTE_MS } from '#shared/time.ts';

/** Longer than any request is waited for: what is further apart was not overtaken, a clock was set back in between. */
const LONGEST_WAY_MS = 3 * MINUTE_MS;

/**
 * Whether what was asked or heard at one time was overtaken by what was learned at another, both by our own clock (D3).
 * Nothing counts as overtaken by what lies further ahead than any answer takes: after the clock was set back, all that is
 * known would otherwise stay newer than whatever comes, for as long as it was set back.
 */
export const isOvertaken = (atMs: number, learnedAtMs: number): boolean =>
  atMs < learnedAtMs && learnedAtMs - atMs <= LONGEST_WAY_MS;
