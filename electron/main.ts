import { url as inspectorUrl } from 'node:inspector';
import { join } from 'node:path';

import { app, dialog, Menu } from 'electron';

import { appName } from './desktop/lifecycle/app-name.ts';
import { gatherLinks } from './desktop/lifecycle/deep-links.ts';
import { driverAttached } from './desktop/lifecycle/driver.ts';
import { declareAppScheme } from './desktop/windows/app-protocol.ts';
import { hardenEveryPage } from './desktop/windows/harden.ts';
import { openFront } from './wiring/front.ts';
import { layGround } from './wiring/ground.ts';
import { openJournal } from './wiring/journal.ts';

const ground = layGround(join(import.meta.dirname, '..'));
const { log } = ground;

process.on('uncaughtException', (error) => log.error('an error that nobody caught', { error }));
process.on('unhandledRejection', (reason) => log.error('a rejection that nobody caught', { reason }));

if (process.env.XDG_SESSION_TYPE === 'wayland')
  app.commandLine.appendSwitch('enable-features', 'GlobalShortcutsPortal');
const links = gatherLinks(app, process.argv);

// The lock belongs to the data folder: two desks on one journal and the same bots would be two doors.
if (app.requestSingleInstanceLock()) {
  declareAppScheme();
  hardenEveryPage();
  // The application's own comes with the desk; until then Electron's would stand in the window.
  Menu.setApplicationMenu(null);
  const mayOpen = driverAttached({
    commandLine: app.commandLine,
    inspectorUrl: inspectorUrl(),
    scope: globalThis,
    clock: ground.realClock,
  });
  Promise.all([app.whenReady(), mayOpen]).then(start).catch(failToStart);
} else {
  // Not exit(): while Electron still sets itself up, that now and then ends in a crash and a dump of memory.
  app.quit();
}

/** The window first, and while its page is on its way the journal and all the rest. */
async function start(): Promise<void> {
  log.info(`${appName} ${app.getVersion()} starts`, {
    electron: process.versions.electron,
    revision: ground.build.revision,
    notForRelease: ground.build.notForRelease,
  });
  const front = openFront(ground);
  const journal = openJournal(front);
  // The page is fetched through this thread, which loads nothing else until it shows.
  await front.shown;
  const { startDesk } = await import('./wiring/desk.ts');
  await startDesk(front, await journal, links);
}

function failToStart(error: unknown): void {
  log.error('the start failed', { error });
  dialog.showErrorBox(`${appName} could not start`, error instanceof Error ? error.message : String(error));
  app.exit(1);
}
