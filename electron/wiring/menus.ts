import { join } from 'node:path';

import { app } from 'electron';

import { installMenu } from '../desktop/menu/menu.ts';
import { lockedTray } from '../desktop/tray/locked-tray.ts';
import { createTrayActs } from '../desktop/tray/tray-acts.ts';
import { trayModel } from '../desktop/tray/tray-model.ts';
import { startTray } from '../desktop/tray/tray.ts';
import { showDesignSystem } from '../desktop/windows/design-page.ts';
import type { PlaybackPort } from '../playback/port.ts';
import type { QuitGate } from '../watchman/quit-gate.ts';
import type { Base } from './base.ts';

/** The tray icon with its menu, which is the whole desk for whoever has no window open. */
export function showTray(base: Base, quitGate: Pick<QuitGate, 'request'>): void {
  const { clock, core, decide, ends, lock, realClock, resources, settings, windows } = base;
  ends.add(
    startTray({
      imageFolder: join(resources, 'tray'),
      realClock,
      model() {
        const model = trayModel(core.desk, settings.get(), core.fleet.kinds(), clock.now());
        return lock.isLocked() ? lockedTray(model, settings.get().security) : model;
      },
      onAct: createTrayActs({
        isLocked: lock.isLocked,
        panic: core.panic,
        decide,
        open(destination) {
          if (destination === null) windows.show();
          else windows.open(destination);
        },
        changeSettings: core.changeSettings,
        requestQuit: () => quitGate.request(),
        clock,
      }),
    }),
  );
}

export interface MenuBarParts {
  playback: Pick<PlaybackPort, 'open'>;
  quitGate: Pick<QuitGate, 'request'>;
}

/** The application menu. Another language, or another way of writing, builds it and loads each window anew. */
export function showMenu(base: Base, { playback, quitGate }: MenuBarParts): void {
  const { build, ends, icon, lock, push, region, tell, windows } = base;
  const install = (): void =>
    installMenu({
      isMac: process.platform === 'darwin',
      developer: !app.isPackaged,
      showDesignSystem,
      build,
      iconPath: icon,
      open: windows.open,
      openApart: (place) => windows.openIn('apart', { place, itemId: null }),
      askPanic() {
        windows.show();
        push('window.ask-panic', { open: true });
      },
      lock: () => void lock.lock('by hand'),
      playBack() {
        void playback.open({ atMs: null, stretch: null }).then(({ opened, message }) => {
          if (opened) windows.showPast();
          else tell('journal', 'Nothing to play back', message);
        });
      },
      quit: () => quitGate.request(),
    });
  install();
  ends.add(
    region.onChange(() => {
      install();
      windows.reload({ place: 'settings', itemId: 'region' });
    }),
  );
}
