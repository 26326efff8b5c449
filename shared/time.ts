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
  if (typeof text !== 'string' || !/(?:Z|[+-]\d\d:?\d\d)$/.test(text)) return null;
  const ms = Date.parse(text);
  return Number.isFinite(ms) && ms >= 0 ? ms : null;
}

/** "42 s", "3 min", "2 h", "5 d": an age in the largest unit that keeps it short. Negative ages read as 0 s. */
export function formatAge(ageMs: number): string {
  const age = Math.max(0, ageMs);
  if (age < MINUTE_MS) return `${Math.floor(age / SECOND_MS)} s`;
  if (age < HOUR_MS) return `${Math.floor(age / MINUTE_MS)} min`;
  if (age < DAY_MS) return `${Math.floor(age / HOUR_MS)} h`;
  return `${Math.floor(age / DAY_MS)} d`;
}
