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

/** Says something to the window; false when there is no page that could hear it. */
export type Push = <N extends PushName>(name: N, payload: DeskPushes[N]) => boolean;

export function createPush(currentWindow: () => BrowserWindow | null): Push {
  return (name, payload) => {
    const window = currentWindow();
    if (window === null || window.isDestroyed() || window.webContents.isCrashed()) return false;
    window.webContents.send(PUSH_CHANNEL, name, payload);
    return true;
  };
}
