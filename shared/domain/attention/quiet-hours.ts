import { z } from 'zod';

import { t } from '../../words.ts';

import type { EpochMs } from '../../time.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../time.ts';
import { wallTime } from '../../wall-time.ts';

const timeOfDay = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, t('must be a time of day such as 22:30'));

/** Days as `Date` counts them: 0 is Sunday. */
export const WEEKDAYS = [
  t('Sunday'),
  t('Monday'),
  t('Tuesday'),
  t('Wednesday'),
  t('Thursday'),
  t('Friday'),
  t('Saturday'),
] as const;

/** When only what is critical may make itself heard, by the clock on the wall. */
export const quietHours = z.object({
  enabled: z.boolean().default(false),
  from: timeOfDay.default('22:00'),
  /** Before `from`: on the next day. The same as `from`: for the whole day. */
  to: timeOfDay.default('07:00'),
  /** The days on which they begin. */
  days: z.array(z.number().int().min(0).max(6)).max(7).default([0, 1, 2, 3, 4, 5, 6]),
});
export type QuietHours = z.infer<typeof quietHours>;

/** What a clock on the wall shows. */
export interface LocalTime {
  weekday: number;
  minutes: number;
  /** The date, to tell one day from the next. */
  date: string;
}

/** Local time at a moment; the chosen zone where none is named. */
export function localTime(atMs: EpochMs, timeZone?: string): LocalTime {
  const { year, month, day, weekday, hour, minute } = wallTime(atMs, timeZone);
  const two = (part: number): string => String(part).padStart(2, '0');
  return { weekday, minutes: hour * 60 + minute, date: `${year}-${two(month + 1)}-${two(day)}` };
}

/** Whether quiet hours hold. Compares times on the wall alone, so that a change of the clocks needs no care. */
export function isQuiet(hours: QuietHours, atMs: EpochMs, timeZone?: string): boolean {
  if (!hours.enabled) return false;
  const { weekday, minutes } = localTime(atMs, timeZone);
  const [from, to] = [minutesOf(hours.from), minutesOf(hours.to)];
  const begins = hours.days.includes(weekday);
  if (from < to) return begins && minutes >= from && minutes < to;
  const begunYesterday = hours.days.includes((weekday + 6) % 7);
  return (begins && minutes >= from) || (begunYesterday && minutes < to);
}

/** The next moment on the following day at which the wall shows this hour, or the first one after it where the clocks skip it. */
export function tomorrowAt(hour: number, nowMs: EpochMs, timeZone?: string): EpochMs {
  const today = localTime(nowMs, timeZone).date;
  const stepMs = 15 * MINUTE_MS;
  const firstMs = Math.ceil(nowMs / stepMs) * stepMs;
  for (let atMs = firstMs; atMs < nowMs + 2 * DAY_MS + 2 * HOUR_MS; atMs += stepMs) {
    const { date, minutes } = localTime(atMs, timeZone);
    if (date !== today && minutes >= hour * 60) return atMs;
  }
  return nowMs + DAY_MS;
}

/** "14:05", on the wall. */
export function wallClock(atMs: EpochMs, timeZone?: string): string {
  const { minutes } = localTime(atMs, timeZone);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
