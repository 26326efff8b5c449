import type { BrowserWindow } from 'electron';

/** The part of the patches' hub that a window's being seen concerns. */
interface Pausable {
  pause(windowId: number, why: 'unseen'): void;
  resume(windowId: number, why: 'unseen'): void;
  forget(windowId: number): void;
}

/** Sends a window nothing while nobody can see it; it catches up the moment it shows. One that is covered counts as seen. */
export function pauseUnseen(window: BrowserWindow, patches: Pausable): void {
  const { id } = window.webContents;
  const look = (): void => {
    if (window.isDestroyed()) return;
    if (window.isVisible() && !window.isMinimized()) patches.resume(id, 'unseen');
    else patches.pause(id, 'unseen');
  };
  look();
  for (const event of ['show', 'hide', 'minimize', 'restore'] as const) window.on(event as 'show', look);
  window.on('closed', () => patches.forget(id));
}
