import { useEffect, useState } from 'react';

/** The window's only look at the machine's clock. */
export const nowMs = (): number => Date.now();

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
  useEffect(() => subscribe(periodMs, setNow), [periodMs]);
  return now;
}

function subscribe(periodMs: number, listener: (now: number) => void): () => void {
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
    ticker.timer = window.setInterval(() => tell(ticker), periodMs);
  } else if (!wanted && ticker.timer !== null) {
    window.clearInterval(ticker.timer);
    ticker.timer = null;
  }
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
