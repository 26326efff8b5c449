import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { Notification, app, net, powerMonitor } from 'electron';

import type { Destination } from '#shared/domain/attention.ts';
import type { AppInfo } from '#shared/ipc/contract.ts';

import { createNativeChannel, hasNotificationButtons } from './attention/channels/native.ts';
import { createCore } from './core.ts';
import { appId, appName } from './desktop/app-name.ts';
import { isOwnPage } from './desktop/app-page.ts';
import { declareAppScheme } from './desktop/app-protocol.ts';
import { openDeskWindow } from './desktop/desk-window.ts';
import { parseLaunchOptions } from './desktop/launch-options.ts';
import { openLogFile } from './desktop/log-file.ts';
import { installMenu } from './desktop/menu.ts';
import { spawnPractice } from './desktop/practice-process.ts';
import { startPracticeSupervisor } from './desktop/practice-supervisor.ts';
import { createQuickDecision, parseApprovalKey } from './desktop/quick-decision.ts';
import { hasTrayHost } from './desktop/tray-host.ts';
import { trayModel } from './desktop/tray-model.ts';
import { startTray } from './desktop/tray.ts';
import { startWakeWatch } from './desktop/wake-watch.ts';
import { secureSession } from './desktop/window.ts';
import { createHandlers } from './ipc/handlers.ts';
import { createPatchSender } from './ipc/patches.ts';
import { createPush, createSenderCheck, registerRouter } from './ipc/register.ts';
import { createRouter } from './ipc/router.ts';
import { createScaledClock, createSystemClock } from './lib/clock.ts';

const FIRST_PRACTICE_SEED = 20_261;
const outFolder = join(import.meta.dirname, '..');
const resourceFolder = join(outFolder, '..', 'resources');
const launch = parseLaunchOptions(process.env);
const realClock = createSystemClock();
const now = realClock.now();
const clockFigures = { factor: launch.clockFactor, originMs: now, originRealMs: now };

app.setAppUserModelId(appId);
if (launch.dataFolder !== null) app.setPath('userData', launch.dataFolder);
const dataFolder = app.getPath('userData');
const log = openLogFile(join(dataFolder, 'logs'));

process.on('uncaughtException', (error) => log.error('an error that nobody caught', { error }));
process.on('unhandledRejection', (reason) => log.error('a rejection that nobody caught', { reason }));

// The lock belongs to the data folder: two desks on the same journal and the same bots would be two doors.
if (app.requestSingleInstanceLock()) {
  declareAppScheme();
  app.whenReady().then(start).catch(failToStart);
} else {
  app.exit(0);
}

async function start(): Promise<void> {
  log.info(`${appName} ${app.getVersion()} starts`, { electron: process.versions.electron, dataFolder });
  const rendererRoot = join(outFolder, 'renderer');
  secureSession(rendererRoot);

  const push = createPush(() => deskWindow?.current() ?? null);
  const open = (destination: Destination): void => deskWindow?.open(destination);
  const core = await createCore({
    clock: createScaledClock(clockFigures),
    log,
    random: Math.random,
    newId: randomUUID,
    dataFolder,
    journalWorkerUrl: pathToFileURL(join(outFolder, 'main', 'journal-worker.js')),
    push,
    nativeChannel: createNativeChannel({
      realClock,
      platform: process.platform,
      open,
      decide(approvalKey, act) {
        const approval = parseApprovalKey(approvalKey);
        if (approval !== null) void decide({ origin: 'notification', act, ...approval });
      },
    }),
  });
}
