import type { RequestBudget } from '#shared/domain/backends/link.ts';

import type { Clock } from '../lib/clock.ts';
import type { Disposer } from '../lib/disposables.ts';
import { abortFailure, shutFailure } from './failure.ts';
import { HttpFailure } from './port.ts';
import type { RequestPriority } from './port.ts';
import { createRequestWindow } from './request-window.ts';
import type { BudgetFigures } from './request-window.ts';

const MOST_WAITING = 200;
const RANK: Record<RequestPriority, number> = { panic: 0, decision: 1, read: 2, background: 3 };

/** Leave to send one request. Exactly one of the two is called when its fate is known. */
export interface Ticket {
  /** The server answered it, or may have seen it. */
  answered(): void;
  /** The server certainly never saw it. */
  giveBack(): void;
}

export interface Budget {
  /**
   * Lets a request go now or as soon as there is room for its priority. Waits at most `timeoutMs`, and not at all when
   * there cannot be room by then; then it rejects with `HttpFailure` 'rate-limited', not sent. Panic never waits.
   */
  admit(priority: RequestPriority, timeoutMs: number, signal?: AbortSignal): Promise<Ticket> | Ticket;
  /** The server refused (429): nothing but panic goes until then. */
  refuse(forMs: number): void;
  /** What the server's answer says about the limit (`X-RateLimit-*`). */
  observe(headers: Readonly<Record<string, string>>): void;
  state(): RequestBudget | null;
  dispose(): void;
}

interface Waiter {
  priority: RequestPriority;
  go(ticket: Ticket): void;
  refuse(failure: HttpFailure): void;
}

/** Requests to one address under its limit; `figures` undefined means that only the server's own refusals count. */
export function createBudget(figures: BudgetFigures | undefined, host: string, clock: Clock): Budget {
  const window = createRequestWindow(
    figures ?? { limit: Number.MAX_SAFE_INTEGER, windowMs: 1, keptForPanic: 0, keptForDecisions: 0 },
  );
  let waiting: Waiter[] = [];
  let stopTimer: Disposer = () => undefined;
  let disposed = false;

  function takeTicket(): Ticket {
    const taken = window.take(clock.now());
    return {
      answered: () => window.answered(taken, clock.now()),
      giveBack() {
        window.giveBack(taken);
        letGo();
      },
    };
  }

  function noRoom(priority: RequestPriority): HttpFailure {
    const waitMs = Math.max(0, window.earliest(priority, clock.now()) - clock.now());
    const when = `there is room again in ${Math.ceil(waitMs / 1_000)} s`;
    const message =
      window.refusedUntil(clock.now()) !== null
        ? `${host} accepts no more requests for now; ${when}.`
        : `The ${figures?.limit ?? 0} requests that ${host} allows are used up; ${when}.`;
    return new HttpFailure({ code: 'rate-limited', message }, false, waitMs);
  }

  /** Lets go whoever fits, in order. Lesser priorities never have more room, so the first that does not fit ends it. */
  function letGo(): void {
    stopTimer();
    for (let next = waiting[0]; next !== undefined; next = waiting[0]) {
      const waitMs = window.earliest(next.priority, clock.now()) - clock.now();
      if (waitMs > 0) {
        stopTimer = clock.after(waitMs, letGo);
        return;
      }
      waiting.shift();
      next.go(takeTicket());
    }
  }

  function enqueue(waiter: Waiter): void {
    if (waiting.length >= MOST_WAITING) {
      const last = waiting.at(-1);
      if (last === undefined || RANK[last.priority] <= RANK[waiter.priority]) {
        waiter.refuse(noRoom(waiter.priority));
        return;
      }
      waiting.pop();
      last.refuse(noRoom(last.priority));
    }
    const place = waiting.findIndex((other) => RANK[other.priority] > RANK[waiter.priority]);
    waiting.splice(place === -1 ? waiting.length : place, 0, waiter);
    letGo();
  }

  function wait(
    priority: RequestPriority,
    timeoutMs: number,
    signal: AbortSignal | undefined,
  ): Promise<Ticket> {
    return new Promise((resolve, reject) => {
      const settle = (): void => {
        stopDeadline();
        signal?.removeEventListener('abort', onAbort);
        waiting = waiting.filter((other) => other !== waiter);
      };
      const waiter: Waiter = {
        priority,
        go(ticket) {
          settle();
          resolve(ticket);
        },
        refuse(failure) {
          settle();
          reject(failure);
        },
      };
      const giveUp = (failure: HttpFailure): void => {
        waiter.refuse(failure);
        letGo();
      };
      const onAbort = (): void => giveUp(abortFailure(false));
      const stopDeadline = clock.after(timeoutMs, () => {
        // Room and deadline can fall on the same moment; then it goes.
        letGo();
        if (waiting.includes(waiter)) giveUp(noRoom(priority));
      });
      signal?.addEventListener('abort', onAbort);
      enqueue(waiter);
    });
  }

  return {
    admit(priority, timeoutMs, signal) {
      if (disposed) return Promise.reject(shutFailure(false));
      if (signal?.aborted === true) return Promise.reject(abortFailure(false));
      if (priority === 'panic') return takeTicket();
      const nowMs = clock.now();
      const earliestMs = window.earliest(priority, nowMs);
      const isFirst = !waiting.some((other) => RANK[other.priority] <= RANK[priority]);
      if (earliestMs <= nowMs && isFirst) return takeTicket();
      if (earliestMs > nowMs + timeoutMs) return Promise.reject(noRoom(priority));
      return wait(priority, timeoutMs, signal);
    },
    refuse: (forMs) => window.refuse(forMs, clock.now()),
    observe(headers) {
      const remaining = headers['x-ratelimit-remaining'];
      if (figures === undefined || headers['x-ratelimit-limit'] !== String(figures.limit)) return;
      if (remaining !== undefined && /^\d+$/.test(remaining)) window.observe(Number(remaining), clock.now());
    },
    state() {
      if (figures === undefined) return null;
      const nowMs = clock.now();
      const { limit, windowMs } = figures;
      return { limit, windowMs, used: window.used(nowMs), retryAtMs: window.refusedUntil(nowMs) };
    },
    dispose() {
      disposed = true;
      stopTimer();
      for (const waiter of waiting.slice()) waiter.refuse(shutFailure(false));
    },
  };
}
