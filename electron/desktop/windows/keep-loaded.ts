import type { Clock } from '../../lib/clock.ts';

/** More failures than this within a minute, and the page is not loaded again at once, so that a broken one does not spin. */
const QUICK_FAILURES = 3;
const FAILURE_WINDOW_MS = 60_000;
const SLOW_RETRY_MS = 10_000;

/** The part of a window that loading its page concerns. */
interface Loadable {
  isDestroyed(): boolean;
  webContents: {
    on(event: 'render-process-gone', run: (event: unknown, details: { reason: string }) => void): unknown;
    on(
      event: 'did-fail-load',
      run: (event: unknown, code: number, words: string, address: string, isMainFrame: boolean) => void,
    ): unknown;
    reload(): void;
  };
}

/**
 * Loads a page again that crashed or that could not be loaded. After some quick failures it waits between attempts, or gives the
 * window up where `giveUp` is there: what it showed shows elsewhere.
 */
export function keepLoaded(
  window: Loadable,
  realClock: Clock,
  { onFailure, giveUp }: { onFailure(words: string): void; giveUp?: () => void },
): void {
  const { webContents } = window;
  let failedAtMs: number[] = [];

  function failed(words: string): void {
    const nowMs = realClock.now();
    failedAtMs = [...failedAtMs.filter((atMs) => Math.abs(nowMs - atMs) < FAILURE_WINDOW_MS), nowMs];
    const isOften = failedAtMs.length > QUICK_FAILURES;
    onFailure(words);
    // Not within the event: Chromium is still taking the old page down.
    realClock.after(isOften && giveUp === undefined ? SLOW_RETRY_MS : 0, () => {
      if (window.isDestroyed()) return;
      if (isOften && giveUp !== undefined) giveUp();
      else webContents.reload();
    });
  }

  webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason !== 'clean-exit') failed(`The window stopped working (${reason}) and was loaded again.`);
  });
  webContents.on('did-fail-load', (_event, code, _words, _address, isMainFrame) => {
    if (isMainFrame) failed(`The window could not be loaded (${code}) and was loaded again.`);
  });
}
