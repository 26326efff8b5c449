/** Epoch milliseconds, UTC. The only form a time has inside Quarterdeck. */
export type EpochMs = number;

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
/** No date has a time beyond it. */
export const LAST_DATE_MS = 8_640_000_000_000_000;
export const DAY_MS = 86_400_000;

/** Reads an ISO-8601 time that carries its zone; anything else is `null`, never an invalid number. */
export function parseIsoMs(text: unknown): EpochMs | null {
  if (typeof text !== 'string') return null;
  const ms = withinKnownMinute(text) ?? (/(?:Z|[+-]\d\d:?\d\d)$/.test(text) ? parseDateMs(text) : Number.NaN);
  return Number.isFinite(ms) && ms >= 0 ? ms : null;
}

/** What `Date.parse` says, `NaN` included, in a fifth of its time where the text is in the same minute as one before. */
export function parseDateMs(text: string): number {
  const known = withinKnownMinute(text);
  if (known !== null) return known;
  const ms = Date.parse(text);
  // The minute of midnight that is written as 24:00 holds no other time.
  if (/^\d{4}-\d\d-\d\dT(?!24)\d\d:\d\d:\d\d\.\d{3}Z$/.test(text) && Number.isFinite(ms)) {
    knownMinute = text.slice(0, MINUTE_LENGTH);
    knownMinuteMs = Math.floor(ms / MINUTE_MS) * MINUTE_MS;
  }
  return ms;
}

const MINUTE_LENGTH = '2030-06-01T10:00:'.length;
/** A minute that was read before: what follows it in a text is seconds. */
let knownMinute = 'none';
let knownMinuteMs = 0;

function withinKnownMinute(text: string): number | null {
  if (text.length !== '2030-06-01T10:00:00.000Z'.length || !text.startsWith(knownMinute)) return null;
  if (text[19] !== '.' || text[23] !== 'Z') return null;
  const [seconds, milliseconds] = [digitsAt(text, 17, 19), digitsAt(text, 20, 23)];
  return seconds < 60 && milliseconds < SECOND_MS ? knownMinuteMs + seconds * SECOND_MS + milliseconds : null;
}

/** Infinite where one of them is no digit. */
function digitsAt(text: string, from: number, to: number): number {
  let value = 0;
  for (let index = from; index < to; index += 1) {
    const digit = text.charCodeAt(index) - 48;
    value = digit >= 0 && digit <= 9 ? value * 10 + digit : Infinity;
  }
  return value;
}

/** "42 s", "3 min", "2 h", "5 d": an age in the largest unit that keeps it short. Negative ages read as 0 s. */
export function formatAge(ageMs: number): string {
  const age = Math.max(0, ageMs);
  if (age < MINUTE_MS) return `${Math.floor(age / SECOND_MS)} s`;
  if (age < HOUR_MS) return `${Math.floor(age / MINUTE_MS)} min`;
  if (age < DAY_MS) return `${Math.floor(age / HOUR_MS)} h`;
  return `${Math.floor(age / DAY_MS)} d`;
}
