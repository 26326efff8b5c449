import { MINUTE_MS } from '#shared/time.ts';
import { t } from '#shared/words.ts';

import { formatDateTime, formatDay, formatWholeMoment } from './format.ts';

/** A time on an axis whose places stand for so many seconds each: no finer than the axis is. */
export function timeWords(atMs: number, stepS: number): string {
  if (stepS >= 86_400) return formatDay(atMs);
  return formatWholeMoment(atMs, stepS * 1_000 < MINUTE_MS);
}

/** "3 Mar 2026, 14:03:00 to 4 Mar 2026, 09:00:00", or `null` without a beginning. */
export const rangeWords = (fromMs: number | undefined, toMs: number | undefined): string | null =>
  fromMs === undefined || toMs === undefined
    ? null
    : t('{dateTime} to {dateTime2}', { dateTime: formatDateTime(fromMs), dateTime2: formatDateTime(toMs) });
