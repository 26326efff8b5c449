import { BrowserWindow } from 'electron';

import { DESIGN_PAGE } from './app-page.ts';

/** Shows the page of the design system. It has no preload script and so no way to ask anything. */
export function showDesignSystem(): void {
  const window = new BrowserWindow({
    width: 1280,
    height: 900,
    autoHideMenuBar: true,
    webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false, webviewTag: false },
  });
  void window.loadURL(DESIGN_PAGE).catch(() => {
    // A packaged desk has no such page, and no menu that leads here.
  });
}
