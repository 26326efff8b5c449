import type { BrowserWindow } from 'electron';

import type { Destination } from '#shared/domain/attention/attention.ts';

import type { Clock } from '../../lib/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import { keepLoaded } from './keep-loaded.ts';
import type { WindowFiles } from './window.ts';
import { watchHang } from './watch-hang.ts';
import { createWindow, rememberPlace } from './window.ts';

export interface DeskWindowParts {
  files: WindowFiles;
  realClock: Clock;
  log: Logger;
  /** Started without being shown; only where it can be found again. */
  hidden: boolean;
  /** Whether a closed window can be found again (a tray icon, a dock). If not, closing it ends the desk. */
  canHide(): Promise<boolean>;
  quit(): void;
  openPlace(destination: Destination): void;
  onOpened(window: BrowserWindow): void;
  /** The page hangs, or does not any more: nothing should pile up for it. */
  onHang(windowId: number, hung: boolean): void;
  /** The page had to be loaded again, with the words for a person. */
  onReloaded(words: string): void;
}

export interface DeskWindow {
  current(): BrowserWindow | null;
  show(): void;
  /** Shows the window, or puts it away when it is in front: hidden where it can be found again, else minimised. */
  toggle(): void;
  /** Shows the window at a place; a page that is still loading goes there when it is ready. */
  open(destination: Destination): void;
  /** Loads the page anew and goes to a place with it; a window that is not shown stays so. */
  reload(destination: Destination): void;
  /** Makes the task bar ask for attention until the window is looked at; nothing where it is. */
  flash(): void;
  /** Ends the window for good, also one that hangs and would answer no question about its closing. */
  destroy(): void;
}

/** Keeps one window: closed it hides, crashed or hung it is loaded again, asked for a place it goes there. */
export function openDeskWindow(parts: DeskWindowParts): DeskWindow {
  const { log, realClock } = parts;
  let window: BrowserWindow | null = null;
  let loaded = false;
  let wanted: Destination | null = null;
  let words: string | null = null;
  let ended = false;

  open(parts.hidden);

  function open(hidden: boolean): BrowserWindow {
    const opened = createWindow(parts.files);
    window = opened;
    opened.once('ready-to-show', () => {
      if (!hidden) opened.show();
      else
        void parts.canHide().then((canHide) => {
          if (!canHide && !opened.isDestroyed()) opened.show();
        });
    });
    opened.on('close', (event) => {
      event.preventDefault();
      void parts.canHide().then((canHide) => {
        if (opened.isDestroyed()) return;
        if (canHide) opened.hide();
        else parts.quit();
      });
    });
    opened.on('closed', () => {
      if (window === opened) window = null;
      loaded = false;
    });
    opened.on('focus', () => opened.flashFrame(false));
    watchPage(opened);
    parts.onOpened(opened);
    return opened;
  }

  function watchPage(opened: BrowserWindow): void {
    const { webContents } = opened;
    webContents.on('did-start-loading', () => (loaded = false));
    webContents.on('did-finish-load', () => {
      loaded = true;
      if (wanted !== null) parts.openPlace(wanted);
      wanted = null;
      if (words !== null) parts.onReloaded(words);
      words = null;
    });
    keepLoaded(opened, realClock, {
      onFailure(why) {
        loaded = false;
        words = why;
        log.error(why);
      },
    });
    webContents.on('preload-error', (_event, _path, error) =>
      log.error('the preload script failed', { error }),
    );
    watchHang(opened, { name: 'desk', realClock, log, onHang: parts.onHang });
  }

  function show(): void {
    if (ended) return;
    const target = window ?? open(false);
    if (target.isMinimized()) target.restore();
    target.show();
    target.focus();
  }

  async function putAway(shown: BrowserWindow): Promise<void> {
    const canHide = await parts.canHide();
    if (shown.isDestroyed()) return;
    if (canHide) shown.hide();
    else shown.minimize();
  }

  return {
    current: () => window,
    show,
    toggle() {
      if (window !== null && window.isVisible() && window.isFocused()) void putAway(window);
      else show();
    },
    open(destination) {
      show();
      if (loaded) parts.openPlace(destination);
      else wanted = destination;
    },
    reload(destination) {
      if (window === null || window.isDestroyed()) return;
      loaded = false;
      wanted = destination;
      window.webContents.reload();
    },
    flash() {
      if (window !== null && !window.isDestroyed() && !window.isFocused()) window.flashFrame(true);
    },
    destroy() {
      ended = true;
      if (window === null) return;
      rememberPlace(window, parts.files.stateFile);
      window.destroy();
    },
  };
}
