/** The forms in which this server writes a time (sheet, section 7, quirk 2). Microseconds keep two of one millisecond apart. */
export interface Stamps {
  /** Server-local, without a zone. */
  local(): string;
  /** The same moment with `Z`, and with `+00:00`. */
  zulu(): string;
  offset(): string;
  today(): string;
}

export function createStamps(now: () => number): Stamps {
  let lastMs = -1;
  let micros = 0;
  function local(): string {
    const nowMs = now();
    // Never back within a millisecond: streams compare times as text.
    micros = nowMs === lastMs ? Math.min(999, micros + 1) : 100;
    lastMs = nowMs;
    return localTime(nowMs) + String(micros).padStart(3, '0');
  }
  return {
    local,
    zulu: () => `${local()}Z`,
    offset: () => `${local()}+00:00`,
    today: () => new Date(now()).toISOString().slice(0, 10),
  };
}

/** A time in UTC to the millisecond, with no zone behind it. */
export const localTime = (atMs: number): string => new Date(atMs).toISOString().slice(0, -1);
