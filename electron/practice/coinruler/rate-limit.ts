import { MINUTE_MS, SECOND_MS } from '#shared/time.ts';

import type { Clock } from '../../lib/clock.ts';

/** Where a client stands after a request. `resetAtMs` on the clock. */
interface Allowance {
  allowed: boolean;
  limit: number;
  remaining: number;
  resetAtMs: number;
}

/** So many requests a client address in a window that starts with its first request (sheet, section 1). */
export interface RateLimit {
  /** `null` while the limit is switched off. */
  take(address: string): Allowance | null;
  /** `limit: null` switches it off, for load tests. */
  set(limit: number | null): void;
}

export const REQUESTS_A_MINUTE = 60;

export function createRateLimit(clock: Clock): RateLimit {
  let limit: number | null = REQUESTS_A_MINUTE;
  const windows = new Map<string, { hits: number; resetAtMs: number }>();
  return {
    take(address) {
      if (limit === null) return null;
      const nowMs = clock.now();
      let window = windows.get(address);
      if (window === undefined || window.resetAtMs <= nowMs) {
        window = { hits: 0, resetAtMs: nowMs + MINUTE_MS };
        windows.set(address, window);
      }
      window.hits += 1;
      const remaining = Math.max(0, limit - window.hits);
      return { allowed: window.hits <= limit, limit, remaining, resetAtMs: window.resetAtMs };
    },
    set(wanted) {
      limit = wanted;
      windows.clear();
    },
  };
}

/** As the real server writes them; times in whole seconds. */
export function rateLimitHeaders(allowance: Allowance, nowMs: number): Record<string, string> {
  const headers: Record<string, string> = {
    'X-RateLimit-Limit': String(allowance.limit),
    'X-RateLimit-Remaining': String(allowance.remaining),
    Date: new Date(nowMs).toUTCString(),
    'X-RateLimit-Reset': String(Math.ceil(allowance.resetAtMs / SECOND_MS)),
  };
  if (!allowance.allowed) {
    headers['Retry-After'] = String(Math.max(1, Math.ceil((allowance.resetAtMs - nowMs) / SECOND_MS)));
  }
  return headers;
}
