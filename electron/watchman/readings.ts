import type { DecimalString } from '#shared/money.ts';
import { compare, subtract } from '#shared/money.ts';
import type { EpochMs } from '#shared/time.ts';
import { MINUTE_MS } from '#shared/time.ts';

/**
 * A loss has to stand in this many readings in a row and for this long. A bot's snapshot of a minute comes in up to three
 * shapes, each with a time of its own (CoinRuler: event, snapshot, the list read again), so that one wrong price can fill
 * three readings; it cannot fill a whole minute as well. PANIC halts what would be traded next, for which a minute is soon
 * enough.
 */
const READINGS_NEEDED = 3;
const HOLD_MS = MINUTE_MS;
/** A bot that takes a snapshot seldom shows the same one again and again. After this long it is what the bot means. */
const HOLD_ALONE_MS = 5 * MINUTE_MS;

interface Reading {
  key: string;
  atMs: EpochMs;
  profitUsd: DecimalString;
}

/** The last readings of each backend's profit of the day, to tell a loss from a single wrong figure. */
export interface Readings {
  /** `key` says which reading of the backend it is: the same one seen again is no further one. */
  note(backendId: string, reading: Reading): void;
  /** How far the best of the readings that count stands above the newest; `null` while there are too few. */
  doubtUsd(backendId: string, nowMs: EpochMs): DecimalString | null;
  /** Readings of another day, or of backends that are gone, say nothing of this one. */
  keepOnly(day: EpochMs, backendIds: ReadonlySet<string>): void;
}

export function createReadings(): Readings {
  const readings = new Map<string, Reading[]>();
  let today: EpochMs | null = null;

  const standingAt = (all: readonly Reading[], thenMs: EpochMs): number =>
    all.findLastIndex(({ atMs }) => atMs <= thenMs);

  /**
   * The newest ones that count: those of the last minute, the one that stood when it began, and at least three, but none
   * that was replaced longer ago than a single one has to stand.
   */
  function counting(backendId: string, nowMs: EpochMs): readonly Reading[] {
    const all = readings.get(backendId) ?? [];
    const stoodLong = standingAt(all, nowMs - HOLD_ALONE_MS);
    const stoodBefore = standingAt(all, nowMs - HOLD_MS);
    const isEnough = stoodBefore >= 0 && all.length >= READINGS_NEEDED;
    if (stoodLong < 0 && !isEnough) return [];
    return all.slice(Math.max(0, stoodLong, Math.min(stoodBefore, all.length - READINGS_NEEDED)));
  }

  return {
    note(backendId, reading) {
      const known = readings.get(backendId) ?? [];
      const last = known.at(-1);
      if (last?.key === reading.key) {
        // Told again, or corrected by a deposit that was told late.
        known[known.length - 1] = { ...reading, atMs: last.atMs };
        return;
      }
      const kept = known.slice(Math.max(0, standingAt(known, reading.atMs - HOLD_ALONE_MS)));
      readings.set(backendId, [...kept, reading]);
    },
    doubtUsd(backendId, nowMs) {
      const counted = counting(backendId, nowMs);
      const newest = counted.at(-1);
      if (newest === undefined) return null;
      const best = counted.reduce((found, one) =>
        compare(one.profitUsd, found.profitUsd) > 0 ? one : found,
      );
      return subtract(best.profitUsd, newest.profitUsd);
    },
    keepOnly(day, backendIds) {
      if (today !== day) readings.clear();
      today = day;
      for (const backendId of readings.keys()) if (!backendIds.has(backendId)) readings.delete(backendId);
    },
  };
}
