import type { WebContents } from 'electron';
import { app } from 'electron';

/**
 * Holds for every page that this process ever opens, also one that a library or a later version opens: no Node in it, nowhere to
 * go, nothing to open, no certificate of this computer to show (S2). Has to run before Electron is ready.
 */
export function hardenEveryPage(): void {
  // Chromium refuses its sandbox to root, who has to say so with this switch (containers, CI).
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
  app.on('web-contents-created', (_event, contents) => keepWhereItIs(contents));
  // Sessions beside the window's own, such as one for updates, have no page that could need anything.
  app.on('session-created', (session) => {
    session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
    session.setPermissionCheckHandler(() => false);
    session.setDevicePermissionHandler(() => false);
  });
  app.on('select-client-certificate', (event, _contents, _url, _list, choose) => {
    event.preventDefault();
    choose();
  });
}

/** A file that is dropped on the window is a navigation too. */
function keepWhereItIs(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-navigate', (event) => event.preventDefault());
  contents.on('will-frame-navigate', (event) => event.preventDefault());
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
}
