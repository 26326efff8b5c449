import { dirname, join } from 'node:path';

import type { BrowserWindow } from 'electron';

import type { Clock } from '../../lib/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import { PLAYBACK_PAGE } from './app-page.ts';
import { keepLoaded } from './keep-loaded.ts';
import { watchHang } from './watch-hang.ts';
import type { WindowFiles } from './window.ts';
import { createWindow, rememberPlace } from './window.ts';

export interface PlaybackWindowParts {
  files: WindowFiles;
  realClock: Clock;
  log: Logger;
  onOpened(window: BrowserWindow): void;
  /** The page hangs, or does not any more. */
  onHang(windowId: number, hung: boolean): void;
  /** The window is gone, and the playback with it. */
  onClosed(): void;
}

export interface PlaybackWindow {
  /** Opens it, or brings it to the front. */
  show(): void;
  current(): BrowserWindow | null;
  isPast(windowId: number): boolean;
  destroy(): void;
}

/** The one window that shows the past. It stays so for life: no page in it is ever taken for the present. */
export function createPlaybackWindow(parts: PlaybackWindowParts): PlaybackWindow {
  const { log, realClock } = parts;
  const files = { ...parts.files, stateFile: join(dirname(parts.files.stateFile), 'window-playback.json') };
  let window: BrowserWindow | null = null;
  /** Ids are not given twice while the program runs, so that a late request of a window that is gone is still one of the past. */
  const ids = new Set<number>();

  function create(): BrowserWindow {
    const made = createWindow(files, null, PLAYBACK_PAGE);
    const { webContents } = made;
    const windowId = webContents.id;
    ids.add(windowId);
    watchHang(made, { name: 'playback', realClock, log, onHang: parts.onHang });
    made.once('ready-to-show', () => made.show());
    made.on('close', () => rememberPlace(made, files.stateFile));
    made.on('closed', () => {
      window = null;
      parts.onClosed();
    });
    keepLoaded(made, realClock, {
      onFailure: (words) => log.error(words, { window: 'playback' }),
      // Nothing is lost: the past is read again.
      giveUp: () => made.destroy(),
    });
    parts.onOpened(made);
    return made;
  }

  return {
    show() {
      if (window === null) {
        window = create();
        return;
      }
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
    },
    current: () => window,
    isPast: (windowId) => ids.has(windowId),
    destroy() {
      const made = window;
      if (made === null || made.isDestroyed()) return;
      made.close();
      made.destroy();
    },
  };
}
