import type { Stretch } from '#shared/domain/journal/downtime.ts';
import type { EpochMs } from '#shared/time.ts';
import { momentOf, wallTime } from '#shared/wall-time.ts';

export type PeriodKind = 'day' | 'week' | 'month';

/** The day, week or month of the chosen time zone in which a time lies; Monday is 1 and Sunday 7. */
export function periodOf(kind: PeriodKind, atMs: EpochMs, firstWeekday: number): Stretch {
  const { year, month, day, weekday } = wallTime(atMs);
  switch (kind) {
    case 'day':
      return { fromMs: momentOf(year, month, day), toMs: momentOf(year, month, day + 1) };
    case 'week': {
      const first = day - ((weekday - firstWeekday + 7) % 7);
      return { fromMs: momentOf(year, month, first), toMs: momentOf(year, month, first + 7) };
    }
    case 'month':
      return { fromMs: momentOf(year, month, 1), toMs: momentOf(year, month + 1, 1) };
  }
}

/** The period before (`-1`) or after (`1`). */
export const nextPeriod = (
  kind: PeriodKind,
  { fromMs, toMs }: Stretch,
  by: -1 | 1,
  firstWeekday: number,
): Stretch => periodOf(kind, by === 1 ? toMs : fromMs - 1, firstWeekday);

/** The midnights of a stretch, its beginning and its end included; nothing that has not begun yet. */
export function edgesOf({ fromMs, toMs }: Stretch, nowMs: EpochMs): EpochMs[] {
  const endMs = Math.min(toMs, Math.max(nowMs, fromMs + 1));
  const edges = [fromMs];
  const first = wallTime(fromMs);
  for (let day = 1; ; day += 1) {
    const edge = momentOf(first.year, first.month, first.day + day);
    if (edge >= endMs) return [...edges, endMs];
    edges.push(edge);
  }
}
