import { MINUTE_MS, SECOND_MS } from '#shared/time.ts';

const FIRST_PAUSE_MS = 10 * SECOND_MS;
const LAST_PAUSE_MS = 15 * MINUTE_MS;
const MOST_KEPT = 2_000;

/** How long something that says again what was said has to wait. Pure but for what it remembers. */
export interface CoolDown {
  told(key: string, nowMs: number): void;
  /** How much longer this key has to wait; 0 for what is new. */
  waitMs(key: string, nowMs: number): number;
  forget(key: string): void;
}

/** Each time that something is said again it has to wait twice as long, up to 15 minutes; once it is quiet for that long, it is new. */
export function createCoolDown(): CoolDown {
  const last = new Map<string, { toldAtMs: number; pauseMs: number }>();

  function known(key: string, nowMs: number): { toldAtMs: number; pauseMs: number } | undefined {
    const entry = last.get(key);
    // A clock that was set back is no reason to hold anything.
    if (entry === undefined || nowMs < entry.toldAtMs) return undefined;
    return nowMs - entry.toldAtMs > entry.pauseMs + LAST_PAUSE_MS ? undefined : entry;
  }

  return {
    told(key, nowMs) {
      const before = known(key, nowMs);
      const pauseMs = before === undefined ? FIRST_PAUSE_MS : Math.min(LAST_PAUSE_MS, before.pauseMs * 2);
      last.delete(key);
      last.set(key, { toldAtMs: nowMs, pauseMs });
      const [oldest] = last.keys();
      if (last.size > MOST_KEPT && oldest !== undefined) last.delete(oldest);
    },
    waitMs(key, nowMs) {
      const entry = known(key, nowMs);
      return entry === undefined ? 0 : Math.max(0, entry.toldAtMs + entry.pauseMs - nowMs);
    },
    forget: (key) => void last.delete(key),
  };
}
