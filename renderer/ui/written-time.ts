import { dateFormat, hourDigits } from '#shared/locale.ts';
import type { EpochMs } from '#shared/time.ts';
import { momentOf } from '#shared/wall-time.ts';

import { isDay } from './typed-day.ts';

/** Times that a backend writes without a zone. Nobody knows which moment they are, so they are never moved, only written as the desk writes. */

/**
 * A day, or a day and a clock, anywhere in a text; what has a zone is a moment, and none of these. Within a longer name
 * ("gpt-4o-2024-11-20") or a path it is part of that.
 */
const WRITTEN =
  /(?<![\w/.:-])(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?)?(?![\w/+:-]|\.\w)/g;

/** The noon of "2026-03-01" in the desk's zone, which draws it on that day in every zone; `null` for what is no day. */
export function dayAsWritten(text: string): EpochMs | null {
  if (!isDay(text)) return null;
  const [year = 0, month = 1, date = 1] = text.split('-').map(Number);
  return momentOf(year, month - 1, date, 12);
}

/** A text with each day and clock in it as the desk writes them: "3 Mar 2026", "3 Mar 2026, 14:03:59"; all else stays. */
export const formatWritten = (text: string): string =>
  text.replace(WRITTEN, (written: string, ...groups: (string | undefined)[]) => {
    const [year, month, date, hour, minute, second] = groups
      .slice(0, 6)
      .map((part) => (part === undefined ? undefined : Number(part)));
    const atMs = utcOf(year ?? 0, month ?? 0, date ?? 0, hour, minute, second);
    if (atMs === null) return written;
    return dateFormat({
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      ...(hour === undefined ? {} : { hour: hourDigits(), minute: '2-digit' }),
      ...(second === undefined ? {} : { second: '2-digit' }),
      timeZone: 'UTC',
    }).format(atMs);
  });

/** A date and time as some clock showed them, which are given as if they were UTC: no zone is reckoned in. */
export const formatClockAsShown = (shownMs: number): string =>
  dateFormat({ dateStyle: 'medium', timeStyle: 'medium', timeZone: 'UTC' }).format(shownMs);

/** `null` for a day or a clock that does not exist, such as the 31st of February. */
function utcOf(year: number, month: number, date: number, hour = 0, minute = 0, second = 0): number | null {
  const atMs = Date.UTC(year, month - 1, date, hour, minute, second);
  const at = new Date(atMs);
  const exists = at.getUTCMonth() === month - 1 && at.getUTCDate() === date && hour < 24 && minute < 60;
  return exists && second < 60 ? atMs : null;
}
