import { MINUTE_MS, SECOND_MS } from '#shared/time.ts';

import type { TierName } from './documents.ts';

interface Tier {
  /** Most alerts of a list. */
  listLimit: number;
  /** Alerts go out at marks of the clock so far apart; 0: at once. */
  markMs: number;
  refreshMs: number;
  watchlists: number;
  symbols: number;
  userAlerts: number;
  devices: number;
}

/** Sheet, sections 2 and 3. */
export const TIERS: Record<TierName, Tier> = {
  free: {
    listLimit: 10,
    markMs: 15 * MINUTE_MS,
    refreshMs: 15 * MINUTE_MS,
    watchlists: 1,
    symbols: 10,
    userAlerts: 3,
    devices: 1,
  },
  pro: {
    listLimit: 50,
    markMs: 5 * MINUTE_MS,
    refreshMs: 5 * MINUTE_MS,
    watchlists: 3,
    symbols: 30,
    userAlerts: 10,
    devices: 1,
  },
  elite: {
    listLimit: 100,
    markMs: 0,
    refreshMs: 30 * SECOND_MS,
    watchlists: 50,
    symbols: Number.MAX_SAFE_INTEGER,
    userAlerts: 999_999,
    devices: 4,
  },
};

/** The last mark at or before a time; the time itself where a tier waits for none. */
export const lastMark = (tier: TierName, atMs: number): number => {
  const { markMs } = TIERS[tier];
  return markMs === 0 ? atMs : atMs - (atMs % markMs);
};

/** Whether an alert goes out at once: its minute of detection is a mark (sheet, section 5). */
export function goesAtOnce(tier: TierName, detectedAtMs: number): boolean {
  const { markMs } = TIERS[tier];
  return markMs === 0 || Math.floor(detectedAtMs / MINUTE_MS) % (markMs / MINUTE_MS) === 0;
}
