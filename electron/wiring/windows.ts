import { join } from 'node:path';

import type { BrowserWindow } from 'electron';
import { app, nativeTheme } from 'electron';

import type { Destination } from '#shared/domain/attention/attention.ts';
import { lookOf } from '#shared/look.ts';

import { startsHidden } from '../desktop/lifecycle/login-start.ts';
import type { RegionFollower } from '../desktop/system/follow-region.ts';
import { catalogueOf } from '../desktop/system/catalogue.ts';
import { hasTrayHost } from '../desktop/tray/tray-host.ts';
import { regionScript } from '../desktop/windows/region-script.ts';
import { pauseUnseen } from '../desktop/windows/unseen.ts';
import { secureSession } from '../desktop/windows/window.ts';
import type { Windows } from '../desktop/windows/windows.ts';
import type { PatchHub } from '../ipc/patch-hub.ts';
import type { Push } from '../ipc/register.ts';
import type { PlaybackPort } from '../playback/port.ts';
import type { SettingsPort } from '../settings/port.ts';
import type { QuitGate } from '../watchman/quit-gate.ts';
import type { Ground } from './ground.ts';

/** What windows tell the desk, once there is one. */
export interface WindowParts {
  patches: PatchHub;
  pastPatches: PatchHub;
  playback: Pick<PlaybackPort, 'end'>;
  quitGate: Pick<QuitGate, 'request' | 'windowHangs'>;
  push: Push;
  pushTo(window: BrowserWindow | null): Push;
  tell(place: Destination['place'], title: string, body: string): void;
}

/** What the windows' look is read from. */
interface Look {
  settings: Pick<SettingsPort, 'get'>;
  region: RegionFollower;
}

/**
 * Opens the desk's own window, and those that stood open before. What happens to one is told to the desk when that is there: the
 * function that is returned hands it over, once.
 */
export function openWindows(
  front: Ground & Look & { windows: Windows },
  onShown: () => void,
): (parts: WindowParts) => void {
  const { dataFolder, icon, log, out, realClock, region, settings, windows } = front;
  const desk = Promise.withResolvers<WindowParts>();
  /** In the order in which it happened, also once the desk is there. */
  const tellDesk = (act: (parts: WindowParts) => void): void => void desk.promise.then(act);
  /** Nothing is sent to a page that nobody sees or that hangs. */
  const pauses = (of: (parts: WindowParts) => PatchHub) => ({
    onOpened: (window: BrowserWindow) =>
      tellDesk((parts) => {
        if (!window.isDestroyed()) pauseUnseen(window, of(parts));
      }),
    onHang: (windowId: number, hung: boolean) =>
      tellDesk((parts) => {
        if (hung) of(parts).pause(windowId, 'hung');
        else of(parts).resume(windowId, 'hung');
      }),
  });

  secureSession(join(out, 'renderer'), () =>
    regionScript(
      region.now(),
      catalogueOf(region.now().language),
      lookOf(settings.get().appearance, {
        light: !nativeTheme.shouldUseDarkColors,
        strong: nativeTheme.shouldUseHighContrastColors,
      }),
    ),
  );
  const present = pauses(({ patches }) => patches);
  windows.start({
    files: { preload: join(out, 'preload', 'preload.cjs'), icon, stateFile: join(dataFolder, 'window.json') },
    realClock,
    log,
    desk: {
      hidden: startsHidden(app, process.argv),
      canHide: () => desk.promise.then(() => hasTrayHost(process.platform)),
      quit: () => tellDesk(({ quitGate }) => quitGate.request()),
      openPlace: (destination) => tellDesk(({ push }) => push('window.open-place', destination)),
      onOpened(window) {
        window.once('ready-to-show', onShown);
        present.onOpened(window);
      },
      onHang(windowId, hung) {
        if (hung) tellDesk(({ quitGate }) => quitGate.windowHangs());
        present.onHang(windowId, hung);
      },
      onReloaded: (words) => tellDesk(({ tell }) => tell('deck', 'The window was loaded again', words)),
    },
    places: {
      ...present,
      openPlace: (window, destination) =>
        tellDesk(({ pushTo }) => pushTo(window)('window.open-place', destination)),
      onLost: (place, words) => tellDesk(({ tell }) => tell(place, 'A window was closed', words)),
    },
    past: {
      ...pauses(({ pastPatches }) => pastPatches),
      onClosed: () => tellDesk(({ playback }) => playback.end()),
    },
  });
  app.on('activate', windows.show);
  return desk.resolve;
}
