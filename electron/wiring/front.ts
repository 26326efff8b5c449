import { app } from 'electron';

import type { RegionFollower } from '../desktop/system/follow-region.ts';
import { followRegion } from '../desktop/system/follow-region.ts';
import type { Windows } from '../desktop/windows/windows.ts';
import { createWindows } from '../desktop/windows/windows.ts';
import { registerRouter } from '../ipc/register.ts';
import type { RequestGate } from '../ipc/request-gate.ts';
import { createRequestGate } from '../ipc/request-gate.ts';
import { Disposables } from '../lib/disposables.ts';
import type { SettingsFile } from '../settings/settings-store.ts';
import { openSettings } from '../settings/settings-store.ts';
import type { Ground } from './ground.ts';
import type { WindowParts } from './windows.ts';
import { openWindows } from './windows.ts';

/** What a person sees while the desk is still being put together: the settings that say how it looks, and the window. */
export interface Front extends Ground {
  /** What ends with the desk, last first. */
  ends: Disposables;
  settings: SettingsFile;
  /** The language, the way of writing and the time zone that the settings ask for. */
  region: RegionFollower;
  windows: Windows;
  /** What windows ask waits here until it is opened. */
  requests: Pick<RequestGate, 'open'>;
  /** The window has drawn its first look, or will not soon. */
  shown: Promise<void>;
  /** The desk is there: what happened to the windows meanwhile is told to it now, in order. */
  attach(parts: WindowParts): void;
}

/** A page that cannot be drawn holds nothing up. */
const SHOWN_WITHIN_MS = 1_000;

/** Opens the window before most of the program is loaded. The language and the log's level follow the settings from here on. */
export function openFront(ground: Ground): Front {
  const { clock, dataFolder: folder, log } = ground;
  const ends = new Disposables();
  const settings = openSettings({ folder, clock, log });
  const region = followRegion(settings, app.getLocale() || 'en-US');
  ends.add(region.dispose);
  log.setLevel(settings.get().diagnostics.logLevel);
  ends.add(settings.onChange(({ diagnostics: { logLevel } }) => log.setLevel(logLevel)));

  const gate = createRequestGate();
  ends.add(registerRouter(gate.router));
  const windows = createWindows();
  const shown: PromiseWithResolvers<void> = Promise.withResolvers();
  ground.realClock.after(SHOWN_WITHIN_MS, shown.resolve);
  const attach = openWindows({ ...ground, settings, region, windows }, shown.resolve);

  // Nothing has begun that would have to be closed in order, and a window that asks nobody would hold the end up.
  const leave = (): void => app.exit(0);
  app.on('before-quit', leave);
  return {
    ...ground,
    ends,
    settings,
    region,
    windows,
    requests: gate,
    shown: shown.promise,
    attach(parts) {
      app.off('before-quit', leave);
      attach(parts);
    },
  };
}
