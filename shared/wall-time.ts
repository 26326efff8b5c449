import type { EpochMs } from './time.ts';
import { DAY_MS, MINUTE_MS, SECOND_MS } from './time.ts';
import { toldRegion } from './told-region.ts';

/** A moment as a calendar and a clock on the wall show it; `month` counts from nought and Sunday is 0, as `Date` has it. */
export interface WallTime {
  year: number;
  month: number;
  day: number;
  weekday: number;
  hour: number;
  minute: number;
  second: number;
}

let chosen = toldRegion.timeZone;

/** The zone that every day, midnight and clock follows from now on; `null` is the computer's own. Throws for one that nobody knows. */
export function setTimeZone(timeZone: string | null): void {
  if (timeZone !== null) formatOf(timeZone);
  chosen = timeZone;
}

/** For `Intl`: `undefined` is the computer's own zone, which may change under a desk that runs for weeks. */
export const timeZone = (): string | undefined => chosen ?? undefined;

export function wallTime(atMs: EpochMs, zone: string | null | undefined = chosen): WallTime {
  if (zone !== null) return zonedTime(atMs, zone);
  const at = new Date(atMs);
  return {
    year: at.getFullYear(),
    month: at.getMonth(),
    day: at.getDate(),
    weekday: at.getDay(),
    hour: at.getHours(),
    minute: at.getMinutes(),
    second: at.getSeconds(),
  };
}

/**
 * When the wall shows this; months and days may run over, as with `Date`. A time that a change of clocks skips is as much
 * later as the clocks went on, and of one that comes twice it is the first.
 */
export function momentOf(year: number, month: number, day: number, hour = 0, minute = 0): EpochMs {
  if (chosen === null) return new Date(year, month, day, hour, minute).getTime();
  const zone = chosen;
  const asUtcMs = Date.UTC(year, month, day, hour, minute);
  const [before, after] = [offsetMs(asUtcMs - DAY_MS, zone), offsetMs(asUtcMs + DAY_MS, zone)];
  const fits = [before, after].filter((offset) => offsetMs(asUtcMs - offset, zone) === offset);
  return asUtcMs - Math.max(...(fits.length === 0 ? [before] : fits));
}

/** The midnight that began the day in which a moment lies, or what comes first of a day whose midnight is skipped. */
export function startOfDay(atMs: EpochMs): EpochMs {
  const { year, month, day } = wallTime(atMs);
  return momentOf(year, month, day);
}

export const isSameDay = (oneMs: EpochMs, otherMs: EpochMs): boolean => dayName(oneMs) === dayName(otherMs);

/** "2026-03-01": a day for machines, and to tell one from another. */
export function dayName(atMs: EpochMs): string {
  const { year, month, day } = wallTime(atMs);
  return `${year}-${two(month + 1)}-${two(day)}`;
}

/** "14:05", for machines. */
export function clockName(atMs: EpochMs, zone?: string): string {
  const { hour, minute } = wallTime(atMs, zone);
  return `${two(hour)}:${two(minute)}`;
}

/** "2026-01-31-1405": the end of a file's name, which sorts by time. */
export const fileStamp = (atMs: EpochMs): string => `${dayName(atMs)}-${clockName(atMs).replace(':', '')}`;

/** How far a zone's wall is ahead of UTC at that moment. */
export const offsetMinutes = (atMs: EpochMs, zone: string): number => offsetMs(atMs, zone) / MINUTE_MS;

const two = (part: number): string => String(part).padStart(2, '0');

function zonedTime(atMs: EpochMs, zone: string): WallTime {
  const wall = new Date(atMs + offsetMs(atMs, zone));
  return {
    year: wall.getUTCFullYear(),
    month: wall.getUTCMonth(),
    day: wall.getUTCDate(),
    weekday: wall.getUTCDay(),
    hour: wall.getUTCHours(),
    minute: wall.getUTCMinutes(),
    second: wall.getUTCSeconds(),
  };
}

const offsets = new Map<string, number>();
const MOST_OFFSETS = 4_000;

/** How far the wall is ahead of UTC. Asking `Intl` is slow, and clocks change at quarters of an hour only. */
function offsetMs(atMs: EpochMs, zone: string): number {
  const quarter = Math.floor(atMs / (15 * MINUTE_MS));
  const key = `${zone} ${quarter}`;
  const known = offsets.get(key);
  if (known !== undefined) return known;
  const found: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
  const secondMs = Math.floor(atMs / SECOND_MS) * SECOND_MS;
  for (const { type, value } of formatOf(zone).formatToParts(secondMs)) found[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = found;
  const offset = Date.UTC(year, month - 1, day, hour, minute, second) - secondMs;
  if (offsets.size >= MOST_OFFSETS) offsets.clear();
  offsets.set(key, offset);
  return offset;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      calendar: 'iso8601',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    formats.set(zone, format);
  }
  return format;
}
