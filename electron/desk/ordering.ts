import { DAY_MS } from '#shared/time.ts';

import { isOvertaken } from '../lib/overtaken.ts';

interface Times {
  occurredAtMs: number | null;
  receivedAtMs: number;
}

/**
 * A backend's clock may be wrong, even by a time zone; a stamp further ahead than this is nonsense and is not believed,
 * because one such stamp would otherwise make everything that follows look late, for ever.
 */
const BELIEVABLE_AHEAD_MS = DAY_MS;

/** When it happened by the backend's clock, where that can be believed; else when it reached us. */
export function happenedAtMs(times: Times): number {
  return believedStamp(times) ?? times.receivedAtMs;
}

/** True when `times` describe an older state than `known` (D3): by the backend's clock first, then by arrival. */
export function isOlder(times: Times, known: Times): boolean {
  const stamp = believedStamp(times);
  const knownStamp = believedStamp(known);
  if (stamp !== null && knownStamp !== null && stamp !== knownStamp) return stamp < knownStamp;
  return isOvertaken(times.receivedAtMs, known.receivedAtMs);
}

function believedStamp({ occurredAtMs, receivedAtMs }: Times): number | null {
  return occurredAtMs !== null && occurredAtMs <= receivedAtMs + BELIEVABLE_AHEAD_MS ? occurredAtMs : null;
}
