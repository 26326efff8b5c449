import { dateFormat, hourDigits } from '#shared/locale.ts';
import { t } from '#shared/words.ts';

/** "14:05" or "14:05:30" as the desk writes times in fields: "2:05 PM", "14:05". What is no time stays as it is. */
export const writeClock = (time: string): string =>
  CLOCK.test(time)
    ? piecesOf(time)
        .map(({ value }) => plainSpace(value))
        .join('')
    : time;

/**
 * A time as a person types or pastes it: "14:05", "1405", "14.05", "2:05 pm". `null` for what is no time, and where a day has two halves
 * for one that may be in either ("2:05"; with a nought in front, "02:05", it is before noon).
 */
export function readClock(text: string): string | null {
  const { rest, half } = withoutHalf(
    plainSpace(text)
      .trim()
      .toLowerCase()
      .replace(/\s*uhr$/, ''),
  );
  const [, hours = '', minutes = '', seconds] =
    /^(\d{1,2})[:.h\s](\d\d)(?:[:.\s](\d\d))?$/.exec(rest) ?? /^(\d{1,2})(\d\d)(\d\d)?$/.exec(rest) ?? [];
  if (hours === '') return null;
  let hour = Number(hours);
  if (half !== null) {
    if (hour < 1 || hour > 12) return null;
    hour = (hour % 12) + (half === 'am' ? 0 : 12);
  } else if (hasHalves() && !hours.startsWith('0') && hour <= 12) return null;
  const time = [String(hour).padStart(2, '0'), minutes, ...(seconds === undefined ? [] : [seconds])].join(
    ':',
  );
  return CLOCK.test(time) ? time : null;
}

/** How a time is typed: "hh:mm" in letters, or an example where a day has two halves. */
export const clockHint = (seconds: boolean): string =>
  hasHalves() ? writeClock(seconds ? '09:30:00' : '09:30') : seconds ? t('hh:mm:ss') : t('hh:mm');

type ClockPart = 'hour' | 'minute' | 'second' | 'dayPeriod';

/** Which part of a written time is at that place of its text, and from where to where it stands. */
export function clockPartAt(time: string, at: number): { part: ClockPart; from: number; to: number } {
  let from = 0;
  let found: { part: ClockPart; from: number; to: number } | null = null;
  for (const { type, value } of piecesOf(time)) {
    if (isClockPart(type) && (found === null || from <= at))
      found = { part: type, from, to: from + value.length };
    from += value.length;
  }
  return found ?? { part: 'hour', from: 0, to: from };
}

/** So much later on the wall, over midnight too; a half of the day is twelve hours. */
export function addToClock(time: string, count: number, part: ClockPart): string {
  const [hour = 0, minute = 0, second] = time.split(':').map(Number);
  const size = { hour: 3_600, dayPeriod: 43_200, minute: 60, second: 1 }[part];
  const total = (hour * 3_600 + minute * 60 + (second ?? 0) + count * size + 10 * DAY_S) % DAY_S;
  const parts = [
    Math.floor(total / 3_600),
    Math.floor(total / 60) % 60,
    ...(second === undefined ? [] : [total % 60]),
  ];
  return parts.map((one) => String(one).padStart(2, '0')).join(':');
}

const DAY_S = 86_400;
const CLOCK = /^(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?$/;

const hasHalves = (): boolean => hourDigits() === 'numeric';
const isClockPart = (type: string): type is ClockPart =>
  ['hour', 'minute', 'second', 'dayPeriod'].includes(type);
const plainSpace = (text: string): string => text.replaceAll(/[\u00a0\u202f\u2009]/g, ' ');

function piecesOf(time: string): Intl.DateTimeFormatPart[] {
  const [hour = 0, minute = 0, second] = time.split(':').map(Number);
  const format = dateFormat({
    hour: hourDigits(),
    minute: '2-digit',
    ...(second === undefined ? {} : { second: '2-digit' }),
    timeZone: 'UTC',
    numberingSystem: 'latn',
    ...(hasHalves() ? {} : { hourCycle: 'h23' as const }),
  });
  const pieces = format.formatToParts(Date.UTC(2026, 0, 1, hour, minute, second ?? 0));
  // Units between the figures ("14 h 05 min 30 s") are in the way of whoever types.
  return pieces.map((piece, index) =>
    piece.type === 'literal' && /\p{L}/u.test(piece.value)
      ? { ...piece, value: index === pieces.length - 1 ? '' : ':' }
      : piece,
  );
}

/** Without the word for the half of the day, in the desk's way of writing or in English. */
function withoutHalf(text: string): { rest: string; half: 'am' | 'pm' | null } {
  const halves = [
    ['am', wordOf('09:00')],
    ['pm', wordOf('21:00')],
  ] as const;
  for (const [half, word] of halves)
    for (const name of [word, `${half[0] ?? ''}.m.`, half, half[0] ?? ''])
      if (name !== '' && (text.endsWith(name) || text.startsWith(name)))
        return { rest: text.replace(name, '').trim(), half };
  return { rest: text, half: null };
}

const wordOf = (time: string): string =>
  hasHalves()
    ? plainSpace(piecesOf(time).find(({ type }) => type === 'dayPeriod')?.value ?? '').toLowerCase()
    : '';
