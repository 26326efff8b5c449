import { dateFormat, locale } from '#shared/locale.ts';
import { t } from '#shared/words.ts';

type DayPart = 'day' | 'month' | 'year';
/** A part of a text, or what stands between two. */
interface Piece {
  part: DayPart | null;
  text: string;
}

/** "2026-11-25" as the desk writes days in fields: "25.11.2026", "11/25/2026". What is no day stays as it is. */
export const writeDay = (day: string): string =>
  isDay(day)
    ? pattern(utcOf(day))
        .map(({ text }) => text)
        .join('')
    : day;

/**
 * A day as a person types or pastes it: in the desk's order of parts, with any marks between them or none, with two digits of a year,
 * with the name of its month, or as machines write it ("2026-11-25"). `null` for what is no day of the calendar from 1970 on.
 */
export function readDay(text: string): string | null {
  // A time that was copied with it.
  const plain = text.trim().replace(/[T\s,]+\d{1,2}[:.]\d\d(?![.\d]*\d{4}).*$/, '');
  const month = namedMonth(plain);
  const runs = plain.match(/\d+/g) ?? [];
  if (month !== null) return runs.length === 2 ? dayOf(named(runs, month)) : null;
  if (/\p{L}/u.test(plain.replace(/[年月日년월일]/g, ''))) return null;
  const [only = ''] = runs;
  if (runs.length === 1) return dayOf(inOrder(parted(only)));
  if (runs.length !== 3) return null;
  return dayOf(only.length === 4 ? inOrder(runs, ['year', 'month', 'day']) : inOrder(runs));
}

/** How a day is typed, in letters: "dd.mm.yyyy". */
export function dayHint(): string {
  const letters = { day: t('dd'), month: t('mm'), year: t('yyyy') };
  return pattern(0)
    .map(({ part, text }) => (part === null ? text : letters[part]))
    .join('');
}

/** With the mark behind a part that has all its digits, so that a day can be typed without marks. `before` is what stood there. */
export function withMarks(text: string, before: string): string {
  const pieces = pattern(0);
  const marks = pieces.filter(({ part }) => part === null).map(({ text: mark }) => mark);
  const mark = marks.find((one) => one !== '' && before.endsWith(one));
  // The mark that stands there already, typed by hand.
  if (mark !== undefined && text.length === before.length + 1 && text.startsWith(before) && /\D$/.test(text))
    return before;
  if (text.length !== before.length + 1 || !text.startsWith(before) || !/\d$/.test(text)) return text;
  const runs = text.match(/\d+/g) ?? [];
  const parts = pieces.filter(({ part }) => part !== null);
  const isFull = runs.at(-1)?.length === (parts[runs.length - 1]?.part === 'year' ? 4 : 2);
  return isFull && runs.length < parts.length ? text + (marks[runs.length - 1] ?? '') : text;
}

/** Which part of a written day is at that place of its text, and from where to where it stands. */
export function partAt(day: string, at: number): { part: DayPart; from: number; to: number } {
  let from = 0;
  let found: { part: DayPart; from: number; to: number } | null = null;
  for (const { part, text } of pattern(utcOf(day))) {
    if (part !== null && (found === null || from <= at)) found = { part, from, to: from + text.length };
    from += text.length;
  }
  return found ?? { part: 'day', from: 0, to: from };
}

/** Whether it is a day of the calendar as it is kept: "2026-11-25". */
export const isDay = (text: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(text) && Number.isFinite(utcOf(text)) && nameOf(utcOf(text)) === text;

/** So many days, months or years later; a month that is too short ends with its last day. */
export function addToDay(day: string, count: number, part: DayPart): string {
  const at = new Date(utcOf(day));
  if (part === 'day') return nameOf(at.setUTCDate(at.getUTCDate() + count));
  const months = part === 'month' ? count : 12 * count;
  const [year, month] = [at.getUTCFullYear(), at.getUTCMonth() + months];
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return nameOf(Date.UTC(year, month, Math.min(at.getUTCDate(), last)));
}

/** The day itself, or the bound that it lies beyond; empty for no bound. */
export const dayWithin = (day: string, min = '', max = ''): string =>
  min !== '' && day < min ? min : max !== '' && day > max ? max : day;

/** Its midnight in UTC: for drawing and counting days alone, whatever zone they are of. */
export const utcOf = (day: string): number => Date.parse(`${day}T00:00:00Z`);
const nameOf = (utcMs: number): string => new Date(utcMs).toISOString().slice(0, 10);

function pattern(utcMs: number): Piece[] {
  const format = dateFormat({
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    timeZone: 'UTC',
    calendar: 'gregory',
    numberingSystem: 'latn',
  });
  return format.formatToParts(utcMs).flatMap(({ type, value }): Piece[] => {
    if (type === 'day' || type === 'month') return [{ part: type, text: value.padStart(2, '0') }];
    if (type === 'year') return [{ part: type, text: value }];
    return type === 'literal' ? [{ part: null, text: value }] : [];
  });
}

const order = (): DayPart[] => pattern(0).flatMap(({ part }) => (part === null ? [] : [part]));

const inOrder = (runs: readonly string[], parts = order()): Partial<Record<DayPart, string>> =>
  Object.fromEntries(parts.map((part, index) => [part, runs[index]]));

/** "25112026" or "251126" in the desk's order. */
function parted(digits: string): string[] {
  if (digits.length !== 8 && digits.length !== 6) return [];
  let from = 0;
  return order().map((part) => digits.slice(from, (from += part === 'year' ? digits.length - 4 : 2)));
}

const named = (runs: readonly string[], month: number): Partial<Record<DayPart, string>> => {
  const year = runs.find(({ length }) => length === 4);
  const day = runs.find((run) => run !== year);
  return { month: String(month), ...(year === undefined || day === undefined ? {} : { day, year }) };
};

function dayOf({ day = '', month = '', year = '' }: Partial<Record<DayPart, string>>): string | null {
  if (day.length > 2 || month.length > 2 || (year.length !== 4 && year.length !== 2)) return null;
  const whole = year.length === 2 ? `20${year}` : year;
  const name = `${whole}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isDay(name) && whole >= '1970' ? name : null;
}

/** From 1 on, by a name of the desk's way of writing or an English one. */
function namedMonth(text: string): number | null {
  const words =
    text
      .normalize('NFC')
      .toLowerCase()
      .match(/\p{L}{3,}/gu) ?? [];
  const found = Array.from({ length: 12 }, (_, month) => month).find((month) =>
    namesOf(month).some((name) => words.some((word) => name.startsWith(word))),
  );
  return found === undefined ? null : found + 1;
}

function namesOf(month: number): string[] {
  const atMs = Date.UTC(2026, month, 1);
  const options = { timeZone: 'UTC', day: 'numeric', month: 'long' } as const;
  return [locale(), 'en'].map((tag) => {
    const parts = new Intl.DateTimeFormat(tag, options).formatToParts(atMs);
    return (parts.find(({ type }) => type === 'month')?.value ?? '').normalize('NFC').toLowerCase();
  });
}
