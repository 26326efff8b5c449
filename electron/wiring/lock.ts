import { powerMonitor } from 'electron';

import { startAutoLock } from '../app-lock/auto-lock.ts';
import { concealWhenLocked } from '../app-lock/conceal.ts';
import type { Base } from './base.ts';

/** Locks when nobody is there, and takes out of sight what a locked desk may not show (S7). */
export function watchLock({ ends, guard, lock, push, realClock, settings, voices, windows }: Base): void {
  const security = () => settings.get().security;
  ends.add(
    concealWhenLocked({
      lock,
      guard,
      security,
      tellWindow: (status) => push('lock.changed', status),
      reloadWindow() {
        for (const window of windows.all()) window.webContents.reload();
      },
      withdrawNotices: voices.native.withdrawAll,
    }),
  );
  ends.add(
    startAutoLock({
      lock,
      security,
      realClock,
      idleSeconds: () => powerMonitor.getSystemIdleTime(),
      onSystemLock(listener) {
        powerMonitor.on('lock-screen', listener);
        return () => void powerMonitor.off('lock-screen', listener);
      },
    }),
  );
}
