import { useCallback, useEffect, useState } from 'react';

import { formatAge, SECOND_MS } from '#shared/time.ts';

import { useReading } from './use-reading.ts';

/** How the desk's clock runs. It is the machine's, except where it is sped up to try things out. */
let figures: ClockFigures = { factor: 1, originMs: 0, originRealMs: 0 };

interface ClockFigures {
  factor: number;
  originMs: number;
  originRealMs: number;
  /** Where the clock stands still until it is told more; a running one has none. */
  untilMs?: number;
}

/** Makes this window tell the time of the desk, or of the past that it shows. */
export function setClock(next: ClockFigures): void {
  figures = next;
  for (const ticker of tickers.values()) tell(ticker);
}

/** The desk's time, and the window's only look at the machine's clock. */
export const nowMs = (): number =>
  Math.min(
    Math.round(figures.originMs + (Date.now() - figures.originRealMs) * figures.factor),
    figures.untilMs ?? Infinity,
  );

interface Ticker {
  listeners: Set<(now: number) => void>;
  timer: number | null;
}
const tickers = new Map<number, Ticker>();

/**
 * The time, moving every `periodMs`. All who ask for the same period share one timer; nothing ticks while the window is
 * hidden, and the time is right at once when it shows again.
 */
export function useNow(periodMs: number): number {
  const [now, setNow] = useState(nowMs);
  useEffect(() => onTick(periodMs, setNow), [periodMs]);
  return now;
}

/** What `read` makes of the time, as by `useReading`, looked at every `periodMs`. */
export function useTimely<T>(periodMs: number, read: (now: number) => T): T {
  const listen = useCallback((changed: () => void) => onTick(periodMs, changed), [periodMs]);
  return useReading(listen, () => read(nowMs()));
}

/** All ages move at once this often. */
const STEP_MS = 5 * SECOND_MS;

/** An age as it is shown: the whole seconds that it was at the last step, so that a desk at rest is drawn once in five seconds. */
export function steadyAgeMs(ageMs: number, now: number): number {
  const atStepMs = Math.max(0, ageMs - (now % STEP_MS));
  return atStepMs - (atStepMs % SECOND_MS);
}

/** The words of such an age. */
export const steadyAge = (ageMs: number, now: number): string => formatAge(steadyAgeMs(ageMs, now));

/** Tells the time at once, and then every `periodMs`. Returns the disposer. */
export function onTick(periodMs: number, listener: (now: number) => void): () => void {
  const ticker = tickers.get(periodMs) ?? { listeners: new Set(), timer: null };
  tickers.set(periodMs, ticker);
  ticker.listeners.add(listener);
  listener(nowMs());
  run(periodMs, ticker);
  return () => {
    ticker.listeners.delete(listener);
    run(periodMs, ticker);
  };
}

function run(periodMs: number, ticker: Ticker): void {
  const wanted = ticker.listeners.size > 0 && document.visibilityState === 'visible';
  if (wanted && ticker.timer === null) {
    scheduleTick(periodMs, ticker);
  } else if (!wanted && ticker.timer !== null) {
    window.clearTimeout(ticker.timer);
    ticker.timer = null;
  }
}

/** At whole periods, so that what moves by different ones moves in the same frame. */
function scheduleTick(periodMs: number, ticker: Ticker): void {
  ticker.timer = window.setTimeout(
    () => {
      scheduleTick(periodMs, ticker);
      tell(ticker);
    },
    periodMs - (Date.now() % periodMs),
  );
}

function tell(ticker: Ticker): void {
  const now = nowMs();
  for (const listener of ticker.listeners) listener(now);
}

if (typeof document !== 'undefined') {
  document.addEventListener('visibilitychange', () => {
    for (const [periodMs, ticker] of tickers) {
      if (document.visibilityState === 'visible') tell(ticker);
      run(periodMs, ticker);
    }
  });
}
