import { MINUTE_MS, SECOND_MS } from '#shared/time.ts';

import type { Clock } from '../../lib/clock.ts';

/** Counts requests below `/api` in windows of the clock: 100 in 15 minutes from one address, whatever is asked (sheet, section 1). */
export interface RequestWindow {
  /** Headers of the answer, and whether the request is over the limit. */
  take(address: string): { allowed: boolean; headers: Record<string, string> };
  counted(): number;
  refused(): number;
  /** As a restart of the process does. */
  reset(): void;
}

export function createRequestWindow(clock: Clock): RequestWindow {
  const windows = new Map<string, { hits: number; resetAtMs: number }>();
  let counted = 0;
  let refused = 0;

  function windowOf(address: string, nowMs: number) {
    const known = windows.get(address);
    if (known !== undefined && known.resetAtMs > nowMs) return known;
    const fresh = { hits: 0, resetAtMs: nowMs + WINDOW_MS };
    windows.set(address, fresh);
    return fresh;
  }

  return {
    take(address) {
      const nowMs = clock.now();
      const window = windowOf(address, nowMs);
      window.hits += 1;
      counted += 1;
      const allowed = window.hits <= REQUESTS_A_WINDOW;
      const headers: Record<string, string> = {
        'X-RateLimit-Limit': String(REQUESTS_A_WINDOW),
        'X-RateLimit-Remaining': String(Math.max(0, REQUESTS_A_WINDOW - window.hits)),
        Date: new Date(nowMs).toUTCString(),
        'X-RateLimit-Reset': String(Math.ceil(window.resetAtMs / SECOND_MS)),
      };
      if (!allowed) {
        refused += 1;
        headers['Retry-After'] = String(Math.ceil((window.resetAtMs - nowMs) / SECOND_MS));
      }
      return { allowed, headers };
    },
    counted: () => counted,
    refused: () => refused,
    reset: () => windows.clear(),
  };
}

const REQUESTS_A_WINDOW = 100;
const WINDOW_MS = 15 * MINUTE_MS;
