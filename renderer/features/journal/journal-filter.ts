import type { JournalKind } from '#shared/domain/journal.ts';
import { DAY_MS } from '#shared/time.ts';

import type { JournalFilter } from './use-journal-pages.ts';

/** What the person looks for, as it stands in the inputs. Days are those of the machine's time zone, as "2026-01-31". */
export interface FilterDraft {
  text: string;
  kinds: ReadonlySet<JournalKind>;
  backendId: string | null;
  fromDay: string;
  toDay: string;
}

export const EVERYTHING: FilterDraft = {
  text: '',
  kinds: new Set(),
  backendId: null,
  fromDay: '',
  toDay: '',
};

/** The draft as a question to the journal: both days are meant whole. A day that cannot be read does not limit. */
export function toFilter({ text, kinds, backendId, fromDay, toDay }: FilterDraft): JournalFilter {
  const to = startOfDay(toDay);
  return {
    text: text.trim().slice(0, 200),
    kinds: [...kinds].sort(),
    backendId,
    fromMs: startOfDay(fromDay),
    toMs: to === null ? null : startOfNextDay(to) - 1,
  };
}

/** Nothing narrows it, so that the chain can be followed through what is found. */
export const isEverything = ({ text, kinds, backendId, fromMs, toMs }: JournalFilter): boolean =>
  text === '' && kinds.length === 0 && backendId === null && fromMs === null && toMs === null;

/** When a day of the person's time zone begins; `null` for what is no day. */
export function startOfDay(day: string): number | null {
  if (!/^\d{4}-\d\d-\d\d$/.test(day)) return null;
  // Without a zone the text is read in the machine's own, which is what the person means.
  const ms = new Date(`${day}T00:00:00`).getTime();
  return Number.isFinite(ms) && ms >= 0 ? ms : null;
}

/** A day with a change of the clocks has 23 or 25 hours. */
export function startOfNextDay(startMs: number): number {
  const next = new Date(startMs + DAY_MS + DAY_MS / 2);
  next.setHours(0, 0, 0, 0);
  return next.getTime();
}
