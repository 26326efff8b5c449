import type { FiredLimit, LimitPhase } from '#shared/domain/panic/watch.ts';
import type { DecimalString } from '#shared/money.ts';
import { compare, divide, multiply } from '#shared/money.ts';
import type { EpochMs } from '#shared/time.ts';
import { MINUTE_MS } from '#shared/time.ts';

import type { SetLimit } from './limits.ts';

/** The share of a limit, in percent, from which the person is warned. */
const WARN_AT_PCT = '80';
/** Lower than the warning, so that a figure that sways about it warns once. */
const CALM_BELOW_PCT = '70';
/** A limit that cannot be watched for this long is told. */
export const BLIND_FOR_MS = 5 * MINUTE_MS;

/** A limit with its figure of now. `value` is null exactly where `blind` says why. `sentence` tells both. */
export interface MeasuredLimit extends SetLimit {
  value: DecimalString | null;
  blind: string | null;
  partly: string | null;
  /** `loss of the day $2,140, limit $2,000`; empty while blind. */
  sentence: string;
}

/** What is remembered of a limit over a restart. */
export interface LimitMemory {
  terms: string;
  phase: LimitPhase;
  fired: FiredLimit | null;
}

export interface WatchMemory {
  practice: boolean;
  limits: Readonly<Record<string, LimitMemory>>;
  /** Limits that are on and have no figure: since when, and whether the person was told. */
  blind: Readonly<Record<string, { sinceMs: EpochMs; told: boolean }>>;
}

export interface Situation {
  practice: boolean;
  panicLatched: boolean;
  measured: readonly MeasuredLimit[];
}

/** What has to happen now. There is at most one press, for all limits that were crossed together. */
export type WatchAct =
  | { kind: 'press'; ids: string[]; words: string }
  /** Crossed, and not pressed: PANIC was on already, or the limit was past its bound when it was set. */
  | { kind: 'not-pressed'; id: string; words: string }
  | { kind: 'warn'; id: string; words: string }
  /** Well within bounds again, so it is armed again by itself. */
  | { kind: 'armed-again'; id: string; words: string }
  | { kind: 'blind'; id: string; words: string };

/**
 * What the limits ask for, from their figures alone. A crossing fires once; after that the limit is latched until its
 * figure is below the warning again or a person arms it, so that a resume is not answered by the same limit. A limit
 * without a figure does nothing but say so. One that is past its bound when it is first measured was set so: it is told and
 * not pressed.
 */
export function decide(
  nowMs: EpochMs,
  memory: WatchMemory,
  { practice, panicLatched, measured }: Situation,
): { memory: WatchMemory; acts: WatchAct[] } {
  const acts: WatchAct[] = [];
  const crossed: MeasuredLimit[] = [];
  const limits: Record<string, LimitMemory> = {};
  const blind: Record<string, { sinceMs: EpochMs; told: boolean }> = {};

  for (const limit of measured) {
    const known = memory.practice === practice ? memory.limits[limit.id] : undefined;
    const before = known?.terms === limit.terms ? known : undefined;
    if (limit.value === null) {
      if (before !== undefined) limits[limit.id] = before;
      const { sinceMs, told } = memory.blind[limit.id] ?? { sinceMs: nowMs, told: false };
      const isLong = nowMs - sinceMs >= BLIND_FOR_MS;
      if (isLong && !told) acts.push({ kind: 'blind', id: limit.id, words: limit.blind ?? '' });
      blind[limit.id] = { sinceMs, told: told || isLong };
      continue;
    }
    limits[limit.id] = next(limit, limit.value, before);
  }
  press();
  return { memory: { practice, limits, blind }, acts };

  function next(limit: MeasuredLimit, value: DecimalString, before: LimitMemory | undefined): LimitMemory {
    const share = multiply(divide(value, limit.limit) ?? '0', '100');
    const { id, terms, sentence } = limit;
    if (before?.phase === 'fired') {
      if (compare(share, WARN_AT_PCT) >= 0) return before;
      acts.push({ kind: 'armed-again', id, words: sentence });
      return { terms, phase: 'armed', fired: null };
    }
    if (compare(value, limit.limit) >= 0) {
      const pressed = before !== undefined && !panicLatched;
      if (pressed) crossed.push(limit);
      else acts.push({ kind: 'not-pressed', id, words: sentence });
      return { terms, phase: 'fired', fired: { atMs: nowMs, pressed, words: sentence } };
    }
    const wasWarned = before?.phase === 'warned';
    const isNear = compare(share, wasWarned ? CALM_BELOW_PCT : WARN_AT_PCT) >= 0;
    if (isNear && !wasWarned) acts.push({ kind: 'warn', id, words: sentence });
    return { terms, phase: isNear ? 'warned' : 'armed', fired: null };
  }

  function press(): void {
    if (crossed.length === 0) return;
    const by = crossed.length === 1 ? 'your limit' : `${crossed.length} of your limits`;
    const sentences = crossed.map(({ sentence }) => sentence).join('; ');
    const mark = practice ? ' (practice)' : '';
    // First of all: whatever else is told comes after it.
    acts.unshift({
      kind: 'press',
      ids: crossed.map(({ id }) => id),
      words: `PANIC pressed by ${by}${mark}: ${sentences}.`,
    });
  }
}

/** What is remembered once a person has armed these limits again. One that is still past its bound presses at the next look. */
export function armAgain(memory: WatchMemory, ids: readonly string[]): WatchMemory {
  const limits = Object.entries(memory.limits).map(([id, limit]) => [
    id,
    ids.includes(id) && limit.phase === 'fired' ? { ...limit, phase: 'armed', fired: null } : limit,
  ]);
  return { ...memory, limits: Object.fromEntries(limits) as WatchMemory['limits'] };
}
