import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { test as base } from '@playwright/test';

import { findFreePort } from '../../electron/lib/testing/free-port.ts';
import type { LaunchOptions, RunningDesk } from './launch.ts';
import { launchDesk } from './launch.ts';
import type { NotificationServer } from './notification-server.ts';
import { startNotificationServer } from './notification-server.ts';
import type { PracticeControl } from './practice-control.ts';
import { steerPractice } from './practice-control.ts';
import type { TrayHost } from './tray-host.ts';
import { startTrayHost } from './tray-host.ts';

interface DeskFixtures {
  dataFolder: string;
  /** How the desk of this test is started, for a test that starts it again. */
  startOptions: LaunchOptions;
  notifications: NotificationServer;
  tray: TrayHost;
  /** A desk with nothing but a quiet practice desk, which the test steers. */
  desk: RunningDesk;
  practice: PracticeControl;
}

/** A test with a running desk. The practice desk is quiet unless the test is about its liveliness. */
export const test = base.extend<DeskFixtures & { lively: boolean; savesUnasked: boolean }>({
  lively: [false, { option: true }],
  /** Files are saved into the data folder and `given.json` is opened there, without the system's dialog. */
  savesUnasked: [false, { option: true }],
  dataFolder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'quarterdeck-e2e-'));
    await use(folder);
    rmSync(folder, { recursive: true, force: true });
  },
  startOptions: async ({ dataFolder, lively, savesUnasked }, use) => {
    await use({
      dataFolder,
      controlPort: await findFreePort(),
      quietPractice: !lively,
      ...(savesUnasked ? { saveTo: dataFolder, openFrom: join(dataFolder, 'given.json') } : {}),
    });
  },
  // There before the application starts, as on a desktop, also for a test that does not look at them.
  notifications: [
    async ({}, use) => {
      const server = await startNotificationServer();
      await use(server);
      server.stop();
    },
    { auto: true },
  ],
  tray: [
    async ({}, use) => {
      const host = await startTrayHost();
      await use(host);
      host.stop();
    },
    { auto: true },
  ],
  desk: async ({ startOptions }, use, info) => {
    const desk = await launchDesk(startOptions);
    await use(desk);
    if (info.status !== info.expectedStatus) {
      await info.attach('main process', { body: desk.output(), contentType: 'text/plain' });
      await info.attach('window', {
        body: await desk.page.screenshot().catch(() => Buffer.alloc(0)),
        contentType: 'image/png',
      });
    }
    await desk.close();
  },
  practice: async ({ desk, startOptions }, use) => {
    await use(await steerPractice(desk, startOptions.controlPort ?? 0));
  },
});

export { expect } from '@playwright/test';
