import { equityCurves } from '#shared/domain/derive.ts';
import type { EquityPoint } from '#shared/domain/portfolio/portfolio.ts';
import type { DecimalString } from '#shared/money.ts';
import { add, compare, subtract, sum } from '#shared/money.ts';
import type { EpochMs } from '#shared/time.ts';

import { heldProfits } from './held-profits.ts';

/**
 * How far the profit since `fromMs` stands below its peak, in US dollars; null without any point. Each backend counts from
 * its own first figure, so that one which joins is no rise, and deposits and withdrawals are taken out. A single reading that
 * was too high is no peak, or all later ones would have fallen from it.
 */
export function drawdownUsd(points: Iterable<EquityPoint>, fromMs: EpochMs): DecimalString | null {
  const curves = [...equityCurves(points).values()].map((curve) => heldProfits(curve, fromMs));
  const steps = curves
    .flatMap((curve, index) => curve.map(({ atMs, held }) => ({ atMs, index, held })))
    .sort((a, b) => a.atMs - b.atMs);
  if (steps.length === 0) return null;

  const standing = curves.map((): DecimalString => '0');
  let total: DecimalString = '0';
  let peak: DecimalString | null = null;
  for (const [at, { atMs, index, held }] of steps.entries()) {
    total = add(total, subtract(held, standing[index] ?? '0'));
    standing[index] = held;
    // Backends that were read at the same time belong to one sum.
    if (steps[at + 1]?.atMs !== atMs && (peak === null || compare(total, peak) > 0)) peak = total;
  }
  const fall = subtract(peak ?? '0', sum(curves.map((curve) => curve.at(-1)?.profit ?? '0')));
  return compare(fall, '0') > 0 ? fall : '0';
}
