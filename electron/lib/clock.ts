import type { Disposer } from './disposables.ts';

/** The one source of time. Everything that waits, ages, expires or is dated asks a clock that was handed to it. */
export interface Clock {
  /** Epoch milliseconds on this clock. */
  now(): number;
  /**
   * Milliseconds of this clock since some moment. Setting the clock moves it neither way, so what must last for a while, however the
   * clock is set, is measured by it. A sleep of the machine may not count.
   */
  steadyMs(): number;
  /** Calls `run` once, `delayMs` of this clock from now. */
  after(delayMs: number, run: () => void): Disposer;
  /** Calls `run` every `periodMs` of this clock. */
  every(periodMs: number, run: () => void): Disposer;
}

/** One real second is `factor` seconds of a clock that starts at `originMs` when the machine's reads `originRealMs`. */
export interface ClockFigures {
  factor: number;
  originMs: number;
  originRealMs: number;
}

/** The machine's clock, sped up. Two processes that are given the same three figures agree on the time. */
export function createScaledClock(figures: ClockFigures): Clock {
  const { factor, originMs, originRealMs } = figures;
  return {
    now: () => Math.round(originMs + (Date.now() - originRealMs) * factor),
    steadyMs: () => performance.now() * factor,
    after(delayMs, run) {
      const timer = setTimeout(run, Math.max(0, delayMs / factor));
      return () => clearTimeout(timer);
    },
    every(periodMs, run) {
      const timer = setInterval(run, Math.max(1, periodMs / factor));
      return () => clearInterval(timer);
    },
  };
}

export const createSystemClock = (): Clock => ({
  ...createScaledClock({ factor: 1, originMs: 0, originRealMs: 0 }),
  now: Date.now,
});

export interface ManualClock extends Clock {
  /** Moves time on, running whatever falls due in order; promises settle between two timers. */
  advance(ms: number): Promise<void>;
  /** Sets the time without running anything, as a clock change or a sleep does. */
  jump(ms: number): void;
  /** Timers that are still pending; a test that leaves some has a leak. */
  pending(): number;
}

/** A clock that stands still until a test moves it. */
export function createManualClock(startMs = 1_800_000_000_000): ManualClock {
  let nowMs = startMs;
  /** How far the time was set without passing. */
  let setMs = 0;
  let nextId = 1;
  const timers = new Map<number, { dueMs: number; periodMs: number | null; run: () => void }>();

  function schedule(dueMs: number, periodMs: number | null, run: () => void): Disposer {
    const id = nextId++;
    timers.set(id, { dueMs, periodMs, run });
    return () => void timers.delete(id);
  }

  function earliest(
    untilMs: number,
  ): [number, { dueMs: number; periodMs: number | null; run: () => void }] | null {
    let found: [number, { dueMs: number; periodMs: number | null; run: () => void }] | null = null;
    for (const entry of timers) {
      if (entry[1].dueMs <= untilMs && (found === null || entry[1].dueMs < found[1].dueMs)) found = entry;
    }
    return found;
  }

  return {
    now: () => nowMs,
    steadyMs: () => nowMs - setMs,
    after: (delayMs, run) => schedule(nowMs + Math.max(0, delayMs), null, run),
    every: (periodMs, run) => schedule(nowMs + Math.max(1, periodMs), Math.max(1, periodMs), run),
    async advance(ms) {
      const untilMs = nowMs + ms;
      await settle();
      for (let next = earliest(untilMs); next !== null; next = earliest(untilMs)) {
        const [id, timer] = next;
        nowMs = Math.max(nowMs, timer.dueMs);
        if (timer.periodMs === null) timers.delete(id);
        else timer.dueMs += timer.periodMs;
        timer.run();
        await settle();
      }
      nowMs = untilMs;
    },
    jump(ms) {
      nowMs += ms;
      setMs += ms;
      // Real timers count elapsed time: setting the clock back does not make them later.
      if (ms < 0) for (const timer of timers.values()) timer.dueMs += ms;
    },
    pending: () => timers.size,
  };
}

/** Lets promise callbacks that are already due run. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}
