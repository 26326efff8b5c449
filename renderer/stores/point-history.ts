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
  const byKey = new Map<string, readonly Point[]>();
  histories.add(() => byKey.clear());
  return {
    record(key, point) {
      const points = byKey.get(key) ?? NONE;
      const last = points.at(-1);
      if (last !== undefined && last.atMs >= point.atMs) return;
      byKey.set(key, [...(points.length >= maxPoints ? thin(points) : points), point]);
    },
    of: (key) => byKey.get(key) ?? NONE,
    keys: () => byKey.keys(),
    forget(keep) {
      for (const key of byKey.keys()) if (!keep(key)) byKey.delete(key);
    },
  };
}

function thin<Point>(points: readonly Point[]): Point[] {
  const half = Math.floor(points.length / 2);
  return points.filter((_, index) => index >= half || index % 2 === 0);
}
