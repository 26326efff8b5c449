import { dirname, join } from 'node:path';

import type { BrowserWindow } from 'electron';

import type { Destination, Place } from '#shared/domain/attention/attention.ts';

import type { Clock } from '../../lib/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import { keepLoaded } from './keep-loaded.ts';
import { watchHang } from './watch-hang.ts';
import type { WindowFiles } from './window.ts';
import { readOpenPlaces, writeOpenPlaces } from './window-state.ts';
import { createWindow, rememberPlace } from './window.ts';

export interface PlaceWindowsParts {
  files: WindowFiles;
  realClock: Clock;
  log: Logger;
  /** Tells one window to go to an item of its place. */
  openPlace(window: BrowserWindow, destination: Destination): void;
  onOpened(window: BrowserWindow): void;
  /** A page hangs, or does not any more. */
  onHang(windowId: number, hung: boolean): void;
  /** A page of it had to be given up, with the words for a person. */
  onLost(place: Place, words: string): void;
}

export interface PlaceWindows {
  has(place: Place): boolean;
  /** Opens a window for the place alone, or brings the one that there is to the front. */
  open(destination: Destination): void;
  /** Opens again what was open when the desk ended, behind the desk's own window. Once; later calls do nothing. */
  reopen(): void;
  all(): readonly BrowserWindow[];
  /** Ends them all, remembering where they were. */
  destroy(): void;
}

/** Windows that hold one place each, torn off the desk's own. A place has one at most; closed it is gone, and the desk stays. */
export function createPlaceWindows(parts: PlaceWindowsParts): PlaceWindows {
  const { log, realClock } = parts;
  const windows = new Map<Place, { window: BrowserWindow; loaded: boolean; wanted: Destination | null }>();
  const folder = dirname(parts.files.stateFile);
  const stateFile = (place: Place): string => join(folder, `window-${place}.json`);
  const openFile = join(folder, 'open-places.json');
  let isReopened = false;
  let isEnding = false;

  /** What was open before this start stays written down until it has been opened again. */
  function rememberOpen(): void {
    if (isEnding) return;
    const waiting = isReopened ? [] : readOpenPlaces(openFile);
    writeOpenPlaces(openFile, [...new Set([...waiting, ...windows.keys()])]);
  }

  function create(place: Place, isInFront = true): void {
    const files = { ...parts.files, stateFile: stateFile(place) };
    const window = createWindow(files, place);
    const entry = { window, loaded: false, wanted: null as Destination | null };
    windows.set(place, entry);
    rememberOpen();
    window.once('ready-to-show', () => (isInFront ? window.show() : window.showInactive()));
    window.on('close', () => rememberPlace(window, files.stateFile));
    window.on('closed', () => {
      windows.delete(place);
      rememberOpen();
    });
    const { webContents } = window;
    watchHang(window, { name: place, realClock, log, onHang: parts.onHang });
    webContents.on('did-finish-load', () => {
      entry.loaded = true;
      if (entry.wanted !== null) parts.openPlace(window, entry.wanted);
      entry.wanted = null;
    });
    keepLoaded(window, realClock, {
      onFailure(words) {
        log.error(words, { place });
        entry.loaded = false;
      },
      giveUp() {
        window.destroy();
        parts.onLost(place, 'It stopped working several times. The place is still in the main window.');
      },
    });
    parts.onOpened(window);
  }

  return {
    has: (place) => windows.has(place),
    open(destination) {
      const { place, itemId } = destination;
      if (!windows.has(place)) create(place);
      const entry = windows.get(place);
      if (entry === undefined) return;
      if (itemId !== null) {
        if (entry.loaded) parts.openPlace(entry.window, destination);
        else entry.wanted = destination;
      }
      if (!entry.loaded) return;
      if (entry.window.isMinimized()) entry.window.restore();
      entry.window.show();
      entry.window.focus();
    },
    reopen() {
      if (isReopened || isEnding) return;
      isReopened = true;
      for (const place of readOpenPlaces(openFile)) if (!windows.has(place)) create(place, false);
    },
    all: () => [...windows.values()].map(({ window }) => window),
    destroy() {
      isEnding = true;
      for (const { window } of [...windows.values()]) {
        if (window.isDestroyed()) continue;
        window.close();
        window.destroy();
      }
    },
  };
}
