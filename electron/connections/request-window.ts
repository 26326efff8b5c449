import type { HttpOptions, RequestPriority } from './port.ts';

export type BudgetFigures = NonNullable<HttpOptions['budget']>;

/** One request that counts against the limit. `atMs` moves on when the server answers, see `createRequestWindow`. */
export interface Taken {
  atMs: number;
}

/** The sliding window of a backend's request limit. It never asks the time: every method is told. */
export interface RequestWindow {
  take(nowMs: number): Taken;
  /** The server answered: its own window cannot have started later than now. */
  answered(taken: Taken, nowMs: number): void;
  /** The server never saw the request, so it does not count. */
  giveBack(taken: Taken): void;
  /** What the server says it has left; requests that others make from this address show here. */
  observe(remaining: number, nowMs: number): void;
  /** The server refuses everything for so long. */
  refuse(forMs: number, nowMs: number): void;
  /** When a request of this priority may go at the earliest: `nowMs` when it may go now. */
  earliest(priority: RequestPriority, nowMs: number): number;
  used(nowMs: number): number;
  /** Until when the server refuses, or null. */
  refusedUntil(nowMs: number): number | null;
}

/**
 * At most `limit` requests in any stretch of `windowMs`. A request counts from when it was answered, not from when it was
 * sent, because a server with a fixed window counts it somewhere between the two: so the limit holds by either way of counting.
 * Times in the future, left behind by a clock that was set back, count as now; otherwise they would block for as long as the jump.
 */
export function createRequestWindow(figures: BudgetFigures): RequestWindow {
  const { limit, windowMs, keptForPanic, keptForDecisions } = figures;
  const taken = new Set<Taken>();
  let foreign = { count: 0, sinceMs: 0 };
  let refusal: { sinceMs: number; forMs: number } | null = null;

  function prune(nowMs: number): void {
    for (const entry of taken) {
      if (entry.atMs > nowMs) entry.atMs = nowMs;
      else if (nowMs - entry.atMs >= windowMs) taken.delete(entry);
    }
    foreign.sinceMs = Math.min(foreign.sinceMs, nowMs);
    if (nowMs - foreign.sinceMs >= windowMs) foreign.count = 0;
    if (refusal !== null) {
      refusal.sinceMs = Math.min(refusal.sinceMs, nowMs);
      if (nowMs - refusal.sinceMs >= refusal.forMs) refusal = null;
    }
  }

  /** The time from which no more than `cap - 1` earlier requests count. */
  function roomBelow(cap: number, nowMs: number): number {
    const excess = taken.size + foreign.count - cap + 1;
    if (excess <= 0) return nowMs;
    const ends = Array.from(taken, (entry) => entry.atMs + windowMs);
    for (let index = 0; index < foreign.count; index += 1) ends.push(foreign.sinceMs + windowMs);
    return ends.sort((a, b) => a - b)[Math.min(excess, ends.length) - 1] ?? nowMs;
  }

  function capOf(priority: Exclude<RequestPriority, 'panic'>): number {
    const kept = typeof keptForPanic === 'number' ? keptForPanic : keptForPanic();
    return Math.max(1, limit - kept - (priority === 'decision' ? 0 : keptForDecisions));
  }

  return {
    take(nowMs) {
      const entry = { atMs: nowMs };
      taken.add(entry);
      return entry;
    },
    answered(entry, nowMs) {
      entry.atMs = nowMs;
      taken.add(entry);
    },
    giveBack(entry) {
      taken.delete(entry);
    },
    observe(remaining, nowMs) {
      prune(nowMs);
      const others = Math.max(0, Math.min(limit, limit - remaining) - taken.size);
      foreign = { count: others, sinceMs: nowMs };
    },
    refuse(forMs, nowMs) {
      refusal = { sinceMs: nowMs, forMs };
    },
    earliest(priority, nowMs) {
      if (priority === 'panic') return nowMs;
      prune(nowMs);
      const roomMs = roomBelow(capOf(priority), nowMs);
      return refusal === null ? roomMs : Math.max(roomMs, refusal.sinceMs + refusal.forMs);
    },
    used(nowMs) {
      prune(nowMs);
      return taken.size + foreign.count;
    },
    refusedUntil(nowMs) {
      prune(nowMs);
      return refusal === null ? null : refusal.sinceMs + refusal.forMs;
    },
  };
}
