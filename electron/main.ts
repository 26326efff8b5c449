import { join } from 'node:path';

import { app, dialog } from 'electron';

import { appName } from './desktop/lifecycle/app-name.ts';
import { gatherLinks } from './desktop/lifecycle/deep-links.ts';
import { declareAppScheme } from './desktop/windows/app-protocol.ts';
import { hardenEveryPage } from './desktop/windows/harden.ts';
import { layBase } from './wiring/base.ts';
import { meetComputer, startHotkeys, watchComputer } from './wiring/computer.ts';
import { createFiles } from './wiring/files.ts';
import { layGround } from './wiring/ground.ts';
import { watchLock } from './wiring/lock.ts';
import { showMenu, showTray } from './wiring/menus.ts';
import { startPractice } from './wiring/practice.ts';
import { closeInOrder, guardQuitting } from './wiring/quitting.ts';
import { answerRequests } from './wiring/requests.ts';
import { followUpdates } from './wiring/updates.ts';
import { feedViews } from './wiring/views.ts';
import { openLinks, openWindows } from './wiring/windows.ts';

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
  app.whenReady().then(start).catch(failToStart);
} else {
  app.exit(0);
}

/** The order of the start: what is kept, the desk, what it is seen by, and only then the connections. */
async function start(): Promise<void> {
  log.info(`${appName} ${app.getVersion()} starts`, {
    electron: process.versions.electron,
    revision: ground.build.revision,
    notForRelease: ground.build.notForRelease,
  });
  const base = await layBase(ground);
  const { core, settings, tell } = base;

  const quitGate = guardQuitting(base);
  const views = feedViews(base);
  const files = createFiles(base);
  const updates = followUpdates(base, quitGate);
  const computer = meetComputer(base);
  answerRequests(base, { ...views, ...files, ...computer, quitGate, updates });

  showTray(base, quitGate);
  openWindows(base, { ...views, quitGate });
  showMenu(base, { ...views, quitGate });
  openLinks(base, links);
  closeInOrder(base, views.moments);
  watchComputer(base);
  startHotkeys(base, computer.hotkeys);
  watchLock(base);

  // First a panic that was latched before, then what could be halted by it.
  await core.start();
  if (settings.trouble !== null) tell('settings', 'Not all settings were taken over', settings.trouble);
  startPractice(base);
}

function failToStart(error: unknown): void {
  log.error('the start failed', { error });
  dialog.showErrorBox(`${appName} could not start`, error instanceof Error ? error.message : String(error));
  app.exit(1);
}
