import type { EpochMs } from '#shared/time.ts';

const NONE: readonly never[] = [];

/** Points as this window received them, by key. It holds nothing that would be missed after a reload. */
export interface PointHistory<Point extends { atMs: EpochMs }> {
  /** A point that is not newer than the last one of its key changes nothing (D3). */
  record(key: string, point: Point): void;
  /** The same array until a point of that key is recorded. */
  of(key: string): readonly Point[];
  keys(): IterableIterator<string>;
  forget(keep: (key: string) => boolean): void;
}

/** What forgets all points, a history each. */
const histories = new Set<() => void>();

/** The window shows another time: what was received before it is of no line that goes on from here. */
export function forgetAllPoints(): void {
  for (const forget of histories) forget();
}

/** Remembers at most `maxPoints` a key: when full, every second of the older half goes (D7). */
export function createPointHistory<Point extends { atMs: EpochMs }>(maxPoints: number): PointHistory<Point> {
  const byKey = new Map<string, Line<Point>>();
  histories.add(() => byKey.clear());
  return {
    record(key, point) {
      const line = byKey.get(key);
      if (line === undefined) {
        byKey.set(key, { points: [point], shown: null });
        return;
      }
      const last = line.points.at(-1);
      if (last !== undefined && last.atMs >= point.atMs) return;
      if (line.points.length >= maxPoints) line.points = thin(line.points);
      line.points.push(point);
      line.shown = null;
    },
    of(key) {
      const line = byKey.get(key);
      if (line === undefined) return NONE;
      line.shown ??= [...line.points];
      return line.shown;
    },
    keys: () => byKey.keys(),
    forget(keep) {
      for (const key of byKey.keys()) if (!keep(key)) byKey.delete(key);
    },
  };
}

interface Line<Point> {
  points: Point[];
  /** What was given out of them; copied when somebody asks, since hundreds of keys that nobody looks at may each have a point a frame. */
  shown: readonly Point[] | null;
}

function thin<Point>(points: readonly Point[]): Point[] {
  const half = Math.floor(points.length / 2);
  return points.filter((_, index) => index >= half || index % 2 === 0);
}
