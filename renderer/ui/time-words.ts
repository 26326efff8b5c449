import { dateFormat } from '#shared/locale.ts';
import { DAY_MS, MINUTE_MS, SECOND_MS } from '#shared/time.ts';
import { t } from '#shared/words.ts';

import { formatDateTime, formatWholeMoment } from './format.ts';

/** A time on an axis whose places stand for so many seconds each: no finer than the axis is. Whole days are days in UTC. */
export function timeWords(atMs: number, stepS: number): string {
  if (stepS * SECOND_MS >= DAY_MS) return dateFormat({ dateStyle: 'medium', timeZone: 'UTC' }).format(atMs);
  return formatWholeMoment(atMs, stepS * 1_000 < MINUTE_MS);
}

/** "3 Mar", a day in UTC, where the year is clear. */
export const shortDayWords = (atMs: number): string =>
  dateFormat({ day: 'numeric', month: 'short', timeZone: 'UTC' }).format(atMs);

/** "3 Mar 2026, 14:03:00 to 4 Mar 2026, 09:00:00", or whole days in UTC; `null` without a beginning. */
export function rangeWords(
  fromMs: number | undefined,
  toMs: number | undefined,
  byDay = false,
): string | null {
  if (fromMs === undefined || toMs === undefined) return null;
  const words = byDay ? (atMs: number) => timeWords(atMs, DAY_MS / SECOND_MS) : formatDateTime;
  return t('{dateTime} to {dateTime2}', { dateTime: words(fromMs), dateTime2: words(toMs) });
}
