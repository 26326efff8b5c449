import type { EquityPoint } from '#shared/domain/portfolio/portfolio.ts';
import type { DecimalString } from '#shared/money.ts';
import { add, sum } from '#shared/money.ts';
import type { EpochMs } from '#shared/time.ts';
import { MINUTE_MS } from '#shared/time.ts';

/** Value over several backends at one time. */
interface CurvePoint {
  atMs: EpochMs;
  totalUsd: DecimalString;
}

/** Something on the curve that is not profit: money that came in, or a backend whose record begins here. */
type CurveMark =
  | { kind: 'deposit'; atMs: EpochMs; backendId: string; valueUsd: DecimalString }
  | { kind: 'joined'; atMs: EpochMs; backendId: string };

export interface EquityCurve {
  points: CurvePoint[];
  marks: CurveMark[];
}

/**
 * One curve from the points of several backends: at each time the sum of what each backend was last known to be worth.
 * Points may come in any order and twice (history and live overlap). Give it real or practice points, never both.
 */
export function equityCurve(points: Iterable<EquityPoint>): EquityCurve {
  const unique = new Map<string, EquityPoint>();
  for (const point of points) {
    const key = `${point.backendId}/${point.atMs}`;
    const before = unique.get(key);
    unique.set(
      key,
      before && point.depositUsd === null ? { ...point, depositUsd: before.depositUsd } : point,
    );
  }
  const sorted = [...unique.values()].sort((a, b) => a.atMs - b.atMs);
  const latest = new Map<string, DecimalString>();
  const curve: EquityCurve = { points: [], marks: [] };
  for (const point of sorted) {
    if (!latest.has(point.backendId) && latest.size > 0) {
      curve.marks.push({ kind: 'joined', atMs: point.atMs, backendId: point.backendId });
    }
    latest.set(point.backendId, point.totalUsd);
    if (point.depositUsd !== null) {
      curve.marks.push({
        kind: 'deposit',
        atMs: point.atMs,
        backendId: point.backendId,
        valueUsd: point.depositUsd,
      });
    }
    const totalUsd = latest.size === 1 ? point.totalUsd : sum([...latest.values()]);
    const last = curve.points.at(-1);
    if (last?.atMs === point.atMs) last.totalUsd = totalUsd;
    else curve.points.push({ atMs: point.atMs, totalUsd });
  }
  return curve;
}

/**
 * The curve from where all backends that were connected together are known: they answer one after the other, and until the
 * last of them has, the sum is of some and looks like a rise. A backend that joins later stays the mark that it is.
 */
export function fromCommonStart({ points, marks }: EquityCurve): EquityCurve {
  const firstMs = points[0]?.atMs ?? 0;
  const isOfStart = ({ kind, atMs }: CurveMark): boolean =>
    kind === 'joined' && atMs - firstMs <= START_WITHIN_MS;
  const startMs = Math.max(firstMs, ...marks.filter(isOfStart).map(({ atMs }) => atMs));
  return {
    points: points.filter(({ atMs }) => atMs >= startMs),
    marks: marks.filter((mark) => !isOfStart(mark)),
  };
}

const START_WITHIN_MS = MINUTE_MS;

/** What came in as deposits on the curve, to be said beside it. */
export const depositsOn = (curve: EquityCurve): DecimalString =>
  curve.marks.reduce((total, mark) => (mark.kind === 'deposit' ? add(total, mark.valueUsd) : total), '0');
