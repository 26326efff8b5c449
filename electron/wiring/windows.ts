import { join } from 'node:path';

import { app, nativeTheme } from 'electron';

import { lookOf } from '#shared/look.ts';

import type { DeepLinks } from '../desktop/lifecycle/deep-links.ts';
import { createLinkOpener } from '../desktop/lifecycle/link-opener.ts';
import { startsHidden } from '../desktop/lifecycle/login-start.ts';
import { catalogueOf } from '../desktop/system/catalogue.ts';
import { hasTrayHost } from '../desktop/tray/tray-host.ts';
import { regionScript } from '../desktop/windows/region-script.ts';
import { pauseUnseen } from '../desktop/windows/unseen.ts';
import { secureSession } from '../desktop/windows/window.ts';
import type { QuitGate } from '../watchman/quit-gate.ts';
import type { Base } from './base.ts';
import type { Views } from './views.ts';

export interface WindowParts extends Views {
  quitGate: Pick<QuitGate, 'request' | 'windowHangs'>;
}

/** Opens the desk's own window, and those that stood open before; what happens to one is told on the desk. */
export function openWindows(base: Base, { patches, pastPatches, playback, quitGate }: WindowParts): void {
  const { dataFolder, icon, log, out, push, pushTo, realClock, region, settings, tell, windows } = base;
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
  windows.start({
    files: { preload: join(out, 'preload', 'preload.cjs'), icon, stateFile: join(dataFolder, 'window.json') },
    realClock,
    log,
    desk: {
      hidden: startsHidden(app, process.argv),
      canHide: () => hasTrayHost(process.platform),
      quit: () => quitGate.request(),
      openPlace: (destination) => push('window.open-place', destination),
      onOpened: (window) => pauseUnseen(window, patches),
      onHang(windowId, hung) {
        if (hung) quitGate.windowHangs();
        follow(patches)(windowId, hung);
      },
      onReloaded: (words) => tell('deck', 'The window was loaded again', words),
    },
    places: {
      openPlace: (window, destination) => pushTo(window)('window.open-place', destination),
      onOpened: (window) => pauseUnseen(window, patches),
      onHang: follow(patches),
      onLost: (place, words) => tell(place, 'A window was closed', words),
    },
    past: {
      onOpened: (window) => pauseUnseen(window, pastPatches),
      onHang: follow(pastPatches),
      onClosed: playback.end,
    },
  });
  app.on('activate', windows.show);
}

/** Nothing is sent to a page that hangs. */
const follow =
  (patches: Views['patches']) =>
  (windowId: number, hung: boolean): void => {
    if (hung) patches.pause(windowId, 'hung');
    else patches.resume(windowId, 'hung');
  };

/** Opens what links name, the one that started the desk among them. */
export function openLinks({ isInstalled, realClock, tell, windows }: Base, links: DeepLinks): void {
  const openLink = createLinkOpener({
    open: windows.open,
    tell: (words) => tell('deck', 'A link led nowhere', words),
    clock: realClock,
  });
  links.start({ isInstalled, show: windows.show, openLink });
}
