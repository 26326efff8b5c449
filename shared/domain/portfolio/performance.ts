import type { DecimalString } from '../../money.ts';
import { add, compare, divide, multiply, subtract } from '../../money.ts';
import type { EpochMs } from '../../time.ts';
import type { Profit } from '../derive.ts';
import { equityCurves, profitBetween } from '../derive.ts';
import type { EquityPoint } from './portfolio.ts';

/** What was won or lost in each of the stretches between ascending times. Give it real or practice points, never both. */
export function profitsBetween(points: Iterable<EquityPoint>, timesMs: readonly EpochMs[]): Profit[] {
  const curves = [...equityCurves(points).values()];
  return timesMs.slice(1).map((toMs, index) => profitBetween(curves, timesMs[index] ?? toMs, toMs));
}

/** Several backends at one time, together. */
export interface PerformancePoint {
  atMs: EpochMs;
  totalUsd: DecimalString;
  /** What was there when each backend was first known, and deposits since: what lies above it is profit. */
  putInUsd: DecimalString;
}

/**
 * Value and what was put in over time. A backend that joins puts in what it is worth then, so that it is no profit; one without
 * news stands at its last value. Points may come in any order and twice; what a point repeats of a deposit counts once.
 */
export function performance(points: Iterable<EquityPoint>): PerformancePoint[] {
  const unique = new Map<string, EquityPoint>();
  for (const point of points) {
    const key = `${point.backendId}/${point.atMs}`;
    const depositUsd = point.depositUsd ?? unique.get(key)?.depositUsd ?? null;
    unique.set(key, { ...point, depositUsd });
  }
  const latest = new Map<string, DecimalString>();
  const curve: PerformancePoint[] = [];
  let totalUsd: DecimalString = '0';
  let putInUsd: DecimalString = '0';
  for (const point of [...unique.values()].sort((a, b) => a.atMs - b.atMs)) {
    const before = latest.get(point.backendId);
    latest.set(point.backendId, point.totalUsd);
    totalUsd = add(totalUsd, subtract(point.totalUsd, before ?? '0'));
    putInUsd = add(putInUsd, before === undefined ? point.totalUsd : (point.depositUsd ?? '0'));
    const next = { atMs: point.atMs, totalUsd, putInUsd };
    if (curve.at(-1)?.atMs === point.atMs) curve[curve.length - 1] = next;
    else curve.push(next);
  }
  return curve;
}

/** How far the value stands below its highest so far, in percent (nought or less), deposits and withdrawals taken out. */
export interface DrawdownPoint {
  atMs: EpochMs;
  fallPct: DecimalString;
}

/** The deepest fall: from its peak to its lowest, and when the peak was reached again. */
export interface DeepestFall {
  fallPct: DecimalString;
  fallUsd: DecimalString;
  peakAtMs: EpochMs;
  lowAtMs: EpochMs;
  recoveredAtMs: EpochMs | null;
}

export interface Drawdown {
  points: DrawdownPoint[];
  /** `null` while nothing fell. */
  deepest: DeepestFall | null;
}

/**
 * The fall from the peak at each time. Each step counts in proportion to what was there before it, so that a deposit in the middle
 * of a fall neither ends it nor softens what was lost before. Where nothing was there before a step, there is no proportion and the
 * step counts as none.
 */
export function drawdown(curve: readonly PerformancePoint[]): Drawdown {
  const points: DrawdownPoint[] = [];
  let worth: DecimalString = '1';
  let peak = { worth: '1', atMs: curve[0]?.atMs ?? 0, profitUsd: '0' };
  let deepest: DeepestFall | null = null;
  /** The peak of the deepest fall was not reached again yet. */
  let isOpen = false;
  for (const [index, point] of curve.entries()) {
    worth = multiply(worth, index === 0 ? '1' : growth(curve[index - 1], point));
    const profitUsd = subtract(point.totalUsd, point.putInUsd);
    if (compare(worth, multiply(peak.worth, AS_GOOD_AS)) >= 0) {
      peak = { worth, atMs: point.atMs, profitUsd };
      if (isOpen) deepest = madeGood(deepest, point.atMs);
      isOpen = false;
    }
    const fallPct = worth === peak.worth ? '0' : percentBelow(worth, peak.worth);
    points.push({ atMs: point.atMs, fallPct });
    if (compare(fallPct, deepest?.fallPct ?? '0') < 0) {
      const fallUsd = subtract(profitUsd, peak.profitUsd);
      deepest = { fallPct, fallUsd, peakAtMs: peak.atMs, lowAtMs: point.atMs, recoveredAtMs: null };
      isOpen = true;
    }
  }
  return { points, deepest };
}

const madeGood = (fall: DeepestFall | null, atMs: EpochMs): DeepestFall | null =>
  fall === null ? null : { ...fall, recoveredAtMs: atMs };

/** Proportions are rounded at their twentieth digit, many times over: a peak that is reached again may miss its last digits. */
const AS_GOOD_AS = '0.999999999999';

/** By how much one unit became more or less, without what was put in or taken out in between; never below nought. */
function growth(before: PerformancePoint | undefined, now: PerformancePoint): DecimalString {
  if (before === undefined || compare(before.totalUsd, '0') <= 0) return '1';
  const moved = subtract(now.putInUsd, before.putInUsd);
  const ratio = divide(subtract(now.totalUsd, moved), before.totalUsd) ?? '1';
  return compare(ratio, '0') < 0 ? '0' : ratio;
}

const percentBelow = (worth: DecimalString, peak: DecimalString): DecimalString => {
  const share = divide(worth, peak);
  return share === null ? '0' : multiply(subtract(share, '1'), '100');
};
