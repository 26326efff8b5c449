import { SECOND_MS } from '#shared/time.ts';
import { dayName, momentOf, wallTime } from '#shared/wall-time.ts';

/** A time as an input of day and time has it, to the second, in the person's zone. */
export function localText(atMs: number): string {
  const { hour, minute, second } = wallTime(atMs);
  return `${dayName(atMs)}T${[hour, minute, second].map((part) => String(part).padStart(2, '0')).join(':')}`;
}

/** What such an input says; `null` for what is no time. */
export function parseLocal(text: string): number | null {
  const parts = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d))?$/.exec(text)?.slice(1);
  // Seconds that are nought may be left out.
  const [year, month, day, hour, minute, second] = (parts ?? []).map((part) => Number(part || '0'));
  if (year === undefined || month === undefined || day === undefined) return null;
  const ms = momentOf(year, month - 1, day, hour, minute) + (second ?? 0) * SECOND_MS;
  return Number.isFinite(ms) && ms >= 0 ? ms : null;
}
