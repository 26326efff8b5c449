import { toldRegion } from './told-region.ts';
import { timeZone } from './wall-time.ts';

let chosen = toldRegion.locale;

/** Numbers and dates are written this way from now on. Throws for what is no BCP-47 tag. */
export function setLocale(tag: string): void {
  chosen = new Intl.Locale(tag).toString();
  numbers.clear();
  dates.clear();
}

export const locale = (): string => chosen;

const numbers = new Map<string, Intl.NumberFormat>();
const dates = new Map<string, Intl.DateTimeFormat>();

/** Made once for equal options: `Intl` takes long to make one. */
export const numberFormat = (options: Intl.NumberFormatOptions = {}): Intl.NumberFormat =>
  kept(numbers, JSON.stringify(options), () => new Intl.NumberFormat(chosen, options));

/** Dates of the chosen time zone. */
export function dateFormat(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const whole = { timeZone: timeZone() ?? systemZone(), ...options };
  return kept(dates, JSON.stringify(whole), () => new Intl.DateTimeFormat(chosen, whole));
}

/** A winter and a summer: by its two offsets from UTC a zone is told from another that writes other times. */
const SEASONS = [Date.UTC(2030, 0, 1), Date.UTC(2030, 6, 1)].map((ms) => new Date(ms));
let known = { offsets: '', zone: '' };

/**
 * The zone of the system, which may change under a desk that runs for weeks, where a format keeps the one that it was made in. Asking for
 * its name takes as long as making a format; asking for an offset does not.
 */
function systemZone(): string {
  const offsets = SEASONS.map((season) => season.getTimezoneOffset()).join();
  if (offsets !== known.offsets)
    known = { offsets, zone: new Intl.DateTimeFormat().resolvedOptions().timeZone };
  return known.zone;
}

/** How many digits the hour of a clock has: "8:03 AM" where a day has two halves, "08:03" elsewhere. */
export function hourDigits(): 'numeric' | '2-digit' {
  if (clock.locale !== chosen)
    clock = {
      locale: chosen,
      hour:
        new Intl.DateTimeFormat(chosen, { hour: 'numeric' }).resolvedOptions().hour12 === true
          ? 'numeric'
          : '2-digit',
    };
  return clock.hour;
}

let clock: { locale: string; hour: 'numeric' | '2-digit' } = { locale: '', hour: '2-digit' };

/** The first day of the week: Monday is 1 and Sunday 7. Monday where nobody says. */
export function firstWeekday(): number {
  const tag: Intl.Locale & { getWeekInfo?: () => { firstDay: number } } = new Intl.Locale(chosen);
  return tag.getWeekInfo?.().firstDay ?? 1;
}

/** How many days of its week come before a day of the week; Sunday is 0, as `Date` has it. */
export const placeInWeek = (weekday: number, first = firstWeekday()): number => (weekday - first + 7) % 7;

/** What a day of the week is called; Sunday is 0, as `Date` has it. */
export const weekdayName = (weekday: number, length: 'long' | 'short' = 'long'): string =>
  // The fourth of January 1970 was a Sunday.
  dateFormat({ weekday: length, timeZone: 'UTC' }).format(Date.UTC(1970, 0, 4 + weekday));

function kept<Format>(formats: Map<string, Format>, key: string, make: () => Format): Format {
  let format = formats.get(key);
  if (format === undefined) {
    format = make();
    formats.set(key, format);
  }
  return format;
}
