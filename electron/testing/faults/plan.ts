import { MINUTE_MS, SECOND_MS } from '#shared/time.ts';

import type { Random } from '../../practice/random.ts';
import type { FaultKind } from './fault-kinds.ts';

/** What happens when, in a scripted hour. */
export interface Plan {
  lengthMs: number;
  /** Moments at which the person does something, from the beginning, in order. */
  gesturesAtMs: number[];
  faults: PlannedFault[];
}

export interface PlannedFault {
  atMs: number;
  kind: FaultKind;
  /** One of the kinds of server; for faults of the desk it says nothing. */
  target: string;
  lastsMs: number;
}

/** Somebody who is busy: something each minute and a half, often several things in a row. */
const GESTURES_PER_HOUR = 50;
const FAULTS_PER_HOUR = 14;

/** The same seed, length and kinds give the same plan. */
export function makePlan(
  random: Random,
  options: { minutes: number; kinds: readonly FaultKind[]; servers: readonly string[] },
): Plan {
  const lengthMs = options.minutes * MINUTE_MS;
  const share = options.minutes / 60;
  const moments = Math.max(4, Math.round(GESTURES_PER_HOUR * share));
  const gesturesAtMs = Array.from(
    { length: moments },
    () => random.whole(20, lengthMs / SECOND_MS) * SECOND_MS,
  );
  // Where a fault begins somebody is likely to be in the middle of something.
  const faults = drawKinds(random, options.kinds, Math.max(3, Math.round(FAULTS_PER_HOUR * share))).map(
    (kind) => {
      const [least, most] = kind.lastsMs;
      const atMs = random.whole(20, lengthMs / SECOND_MS) * SECOND_MS;
      for (const afterMs of [-SECOND_MS, 2 * SECOND_MS])
        if (random.chance(0.5)) gesturesAtMs.push(atMs + afterMs);
      const target = options.servers[random.whole(0, options.servers.length - 1)] ?? '';
      return { atMs, kind, target, lastsMs: random.whole(least, most) };
    },
  );
  return {
    lengthMs,
    gesturesAtMs: gesturesAtMs.sort((a, b) => a - b),
    faults: faults.sort((a, b) => a.atMs - b.atMs),
  };
}

/** Through the whole deck before any comes twice, so that many seeds meet all kinds equally often. */
function drawKinds(random: Random, kinds: readonly FaultKind[], count: number): FaultKind[] {
  const drawn: FaultKind[] = [];
  let deck: FaultKind[] = [];
  while (drawn.length < count && kinds.length > 0) {
    if (deck.length === 0) deck = [...kinds];
    drawn.push(...deck.splice(random.whole(0, deck.length - 1), 1));
  }
  return drawn;
}
