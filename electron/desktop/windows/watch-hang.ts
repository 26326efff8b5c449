import type { Clock } from '../../lib/clock.ts';
import type { Disposer } from '../../lib/disposables.ts';
import type { Logger } from '../../lib/logger.ts';

/** A page that hangs for this long is ended, and then what became of it is what becomes of one that crashed. */
const HANG_LIMIT_MS = 10_000;

type On<Event extends string> = (event: Event, run: () => void) => unknown;

/** The part of a window that hanging concerns. */
interface Hangable {
  on: On<'unresponsive'> & On<'responsive'> & On<'closed'>;
  isDestroyed(): boolean;
  webContents: {
    id: number;
    on: On<'render-process-gone'>;
    forcefullyCrashRenderer(): void;
  };
}

interface WatchHangParts {
  /** Which window it is, for the log. */
  name: string;
  realClock: Clock;
  log: Logger;
  /** The page of the window with this `webContents.id` hangs, or does not any more. */
  onHang(windowId: number, hung: boolean): void;
}

/**
 * Tells when a page hangs, so that nothing piles up for it, and when it hangs no more: because it answers again, or because it is
 * gone, which Electron does not call an answer.
 */
export function watchHang(window: Hangable, { name, realClock, log, onHang }: WatchHangParts): void {
  const { webContents } = window;
  // A window that is closed has no `webContents` any more to ask.
  const windowId = webContents.id;
  let stopWaiting: Disposer | null = null;

  function over(): void {
    if (stopWaiting === null) return;
    stopWaiting();
    stopWaiting = null;
    onHang(windowId, false);
  }

  window.on('unresponsive', () => {
    if (stopWaiting !== null) return;
    stopWaiting = realClock.after(HANG_LIMIT_MS, () => {
      if (!window.isDestroyed()) webContents.forcefullyCrashRenderer();
    });
    log.warn('a window does not respond', { window: name });
    onHang(windowId, true);
  });
  window.on('responsive', over);
  webContents.on('render-process-gone', over);
  window.on('closed', over);
}
