import type { Severity } from '#shared/domain/alerts/alert.ts';
import type { JournalKind } from '#shared/domain/journal/journal.ts';
import { DAY_MS, MINUTE_MS } from '#shared/time.ts';
import { momentOf, startOfDay as startOfWallDay, wallTime } from '#shared/wall-time.ts';

import type { JournalFilter } from './use-journal-pages.ts';

/** What the person looks for, as it stands in the inputs. Days and times are those of the chosen zone: "2026-01-31", "14:05". */
export interface FilterDraft {
  text: string;
  kinds: ReadonlySet<JournalKind>;
  backendId: string | null;
  /** Only what is at least so grave. */
  leastSeverity: Severity | null;
  symbol: string;
  fromDay: string;
  /** Empty for the whole of its day; without a day it counts for nothing. */
  fromTime: string;
  toDay: string;
  toTime: string;
}

export const EVERYTHING: FilterDraft = {
  text: '',
  kinds: new Set(),
  backendId: null,
  leastSeverity: null,
  symbol: '',
  fromDay: '',
  fromTime: '',
  toDay: '',
  toTime: '',
};

/** The draft as a question to the journal: days and minutes are meant whole. One that cannot be read does not limit. */
export function toFilter(draft: FilterDraft): JournalFilter {
  const from = startOfDay(draft.fromDay);
  const to = startOfDay(draft.toDay);
  const toMinute = timeOn(to, draft.toTime);
  return {
    // A space at the end says that the last word is finished.
    text: draft.text.trimStart().slice(0, 200),
    kinds: [...draft.kinds].sort(),
    backendId: draft.backendId,
    leastSeverity: draft.leastSeverity,
    symbol: draft.symbol.trim().slice(0, 60),
    fromMs: timeOn(from, draft.fromTime) ?? from,
    toMs: toMinute !== null ? toMinute + MINUTE_MS - 1 : to === null ? null : startOfNextDay(to) - 1,
  };
}

/** Nothing narrows it, so that the chain can be followed through what is found. */
export const isEverything = (filter: JournalFilter): boolean =>
  filter.text.trim() === '' &&
  filter.kinds.length === 0 &&
  filter.backendId === null &&
  filter.leastSeverity === null &&
  filter.symbol === '' &&
  filter.fromMs === null &&
  filter.toMs === null;

/** A time of a day that begins at `dayMs`; `null` where either is missing. */
function timeOn(dayMs: number | null, time: string): number | null {
  const [, hours, minutes] = /^(\d\d):(\d\d)$/.exec(time) ?? [];
  if (dayMs === null || hours === undefined || minutes === undefined) return null;
  const { year, month, day } = wallTime(dayMs);
  return momentOf(year, month, day, Number(hours), Number(minutes));
}

/** When a day of the person's time zone begins; `null` for what is no day. */
export function startOfDay(day: string): number | null {
  if (!/^\d{4}-\d\d-\d\d$/.test(day)) return null;
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  // A day that the calendar does not have would run over into the next month.
  if (!Number.isFinite(Date.parse(day)) || new Date(day).getUTCDate() !== date) return null;
  const ms = momentOf(year, month - 1, date);
  return ms >= 0 ? ms : null;
}

/** A day with a change of the clocks has 23 or 25 hours. */
export function startOfNextDay(startMs: number): number {
  return startOfWallDay(startMs + DAY_MS + DAY_MS / 2);
}
