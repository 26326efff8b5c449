import { app, globalShortcut, net, powerMonitor } from 'electron';

import type { Hotkeys } from '../desktop/keys/hotkeys.ts';
import { createHotkeys, hotkeyLimit } from '../desktop/keys/hotkeys.ts';
import { startPanicHotkey } from '../desktop/keys/panic-hotkey.ts';
import { startShowHotkey } from '../desktop/keys/show-hotkey.ts';
import { findLoginStart } from '../desktop/lifecycle/login-start.ts';
import type { DesktopPort } from '../desktop/port.ts';
import { createDesktopStatus } from '../desktop/system/desktop-status.ts';
import { createProcessWatch } from '../desktop/system/process-watch.ts';
import { startWakeWatch } from '../desktop/system/wake-watch.ts';
import { hasTrayHost } from '../desktop/tray/tray-host.ts';
import type { Base } from './base.ts';

/** How the desk stands on this computer: its hotkeys, its tray, its start at login. */
export interface Computer {
  hotkeys: Hotkeys;
  desktop: DesktopPort;
}

export function meetComputer({ isInstalled }: Base): Computer {
  const hotkeys = createHotkeys(globalShortcut);
  const desktop = createDesktopStatus({
    hotkeys,
    hotkeyLimit: hotkeyLimit(process.env),
    hasTray: () => hasTrayHost(process.platform),
    login: findLoginStart({ app, env: process.env, isInstalled }),
  });
  return { hotkeys, desktop };
}

/** PANIC's keys and those that show the window, from any program. */
export function startHotkeys(base: Base, hotkeys: Hotkeys): void {
  const { core, ends, push, realClock, settings, tell, windows } = base;
  ends.add(
    startPanicHotkey({
      shortcuts: hotkeys.of('panic'),
      settings,
      panic: core.panic,
      realClock,
      ask(isOpen) {
        if (isOpen) windows.show();
        push('window.ask-panic', { open: isOpen });
      },
      onRefused: (keys) =>
        tell('settings', 'The global hotkey of PANIC does not work', `Another program has ${keys}.`),
    }),
  );
  ends.add(startShowHotkey({ shortcuts: hotkeys.of('show'), settings, toggle: windows.toggle }));
}

/** Hears of helper processes that end, and of the network and the computer coming back. */
export function watchComputer({ core, ends, log, note, realClock }: Base): void {
  const onHelperGone = createProcessWatch({ clock: realClock, note });
  app.on('child-process-gone', (_event, gone) => {
    log.warn('a helper process is gone', { ...gone });
    onHelperGone(gone);
  });
  ends.add(
    startWakeWatch({
      realClock,
      isOnline: () => net.isOnline(),
      onResume(listener) {
        powerMonitor.on('resume', listener);
        return () => void powerMonitor.off('resume', listener);
      },
      wake(cause) {
        log.info('links are opened again', { cause });
        core.fleet.wake();
      },
    }),
  );
}
