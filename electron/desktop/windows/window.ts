import { BrowserWindow, app, screen, session } from 'electron';

import type { Place } from '#shared/domain/attention/attention.ts';

import { appName } from '../lifecycle/app-name.ts';
import { APP_PAGE, placePage } from './app-page.ts';
import { serveApp } from './app-protocol.ts';
import type { Rectangle } from './window-state.ts';
import { MIN_WINDOW, placeOnDisplays, readWindowState, writeWindowState } from './window-state.ts';

/** The colour of an empty page, so that nothing flashes before the first paint. */
const BACKGROUND = '#0b0d10';
const DEFAULT_SIZE = { width: 1440, height: 900 } as const;
const PLACE_SIZE = { width: 1100, height: 800 } as const;

export interface WindowFiles {
  preload: string;
  icon: string;
  stateFile: string;
}

/** Prepares the session that the window lives in: our own pages only, and no permission for anything (S2). */
export function secureSession(rendererRoot: string, regionScript: () => string): void {
  const own = session.defaultSession;
  serveApp(own, rendererRoot, regionScript);
  own.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  own.setPermissionCheckHandler(() => false);
  own.setDevicePermissionHandler(() => false);
}

/** Makes the desk's window, or one of a place alone or of another page, hidden; whoever wants it seen shows it when it is ready. */
export function createWindow(
  files: WindowFiles,
  alone: Place | null = null,
  page = alone === null ? APP_PAGE : placePage(alone),
): BrowserWindow {
  const remembered = readWindowState(files.stateFile);
  const primary = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter(({ id }) => id !== primary.id);
  const known = remembered === null ? null : placeOnDisplays(remembered, [primary, ...others]);
  const place = known ?? (alone === null ? DEFAULT_SIZE : PLACE_SIZE);
  const window = new BrowserWindow({
    ...place,
    minWidth: MIN_WINDOW.width,
    minHeight: MIN_WINDOW.height,
    show: false,
    title: appName,
    icon: files.icon,
    backgroundColor: BACKGROUND,
    autoHideMenuBar: true,
    webPreferences: {
      preload: files.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      devTools: !app.isPackaged,
      // Ages and countdowns must be true at the first glance at a window that was covered.
      backgroundThrottling: false,
      // A sound announces what nobody clicked.
      autoplayPolicy: 'no-user-gesture-required',
    },
  });
  if (remembered?.maximized === true) window.maximize();
  if (remembered?.maximized === true) window.hide();
  if (remembered !== null && known === null) stoodElsewhere.set(window, window.getNormalBounds());
  window.on('hide', () => rememberPlace(window, files.stateFile));
  void window.loadURL(page).catch(() => {
    // The events of the page report it; a rejected promise nobody awaits would only repeat that.
  });
  return window;
}

/** Windows whose screen is gone, and where they were put instead. */
const stoodElsewhere = new WeakMap<BrowserWindow, Rectangle>();

/**
 * Writes down where the window is, for the next start. One that stands where nobody put it, because its screen is gone, goes
 * back to that screen when it returns.
 */
export function rememberPlace(window: BrowserWindow, stateFile: string): void {
  if (window.isMinimized()) return;
  const bounds = window.getNormalBounds();
  const { x, y, width, height } = stoodElsewhere.get(window) ?? {};
  if (bounds.x === x && bounds.y === y && bounds.width === width && bounds.height === height) return;
  const { id, workArea } = screen.getDisplayMatching(bounds);
  writeWindowState(stateFile, { bounds, maximized: window.isMaximized(), display: { id, workArea } });
}
