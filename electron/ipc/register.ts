import type { BrowserWindow } from 'electron';
import { ipcMain } from 'electron';

import { PUSH_CHANNEL, REQUEST_CHANNEL } from '#shared/ipc/channels.ts';
import type { DeskPushes, PushName } from '#shared/ipc/contract.ts';

import type { Disposer } from '../lib/disposables.ts';
import type { Router } from './router.ts';

/** Opens the one channel for requests; the disposer closes it. */
export function registerRouter(router: Router): Disposer {
  ipcMain.handle(REQUEST_CHANNEL, (event, name: unknown, params: unknown) => router(event, name, params));
  return () => ipcMain.removeHandler(REQUEST_CHANNEL);
}

/** Says something to a window; false when there is no page that could hear it. */
export type Push = <N extends PushName>(name: N, payload: DeskPushes[N]) => boolean;

/** What every window is told, not only the desk's own: sounds, notices and questions come once. */
const FOR_ALL: ReadonlySet<PushName> = new Set<PushName>([
  'assistant.event',
  'journal.export-progress',
  'settings.changed',
  'vault.changed',
  'lock.changed',
  'updates.state',
]);

/** Says something to the desk's own window, and to those of places what concerns them too. Answers for the desk's own. */
export function createPushToAll(own: Push, others: () => readonly BrowserWindow[]): Push {
  return (name, payload) => {
    if (FOR_ALL.has(name)) for (const window of others()) createPush(() => window)(name, payload);
    return own(name, payload);
  };
}

export function createPush(currentWindow: () => BrowserWindow | null): Push {
  return (name, payload) => {
    const window = currentWindow();
    if (window === null || window.isDestroyed() || window.webContents.isCrashed()) return false;
    window.webContents.send(PUSH_CHANNEL, name, payload);
    return true;
  };
}
