import type { AppUpdater } from 'electron-updater';
import { AppImageUpdater, DebUpdater, MacUpdater, NsisUpdater } from 'electron-updater';

import type { Logger } from '../lib/logger.ts';
import type { Fetch } from './announcement.ts';
import type { UpdateEngine } from './update-engine.ts';
import { createUpdateEngine } from './update-engine.ts';
import type { InstalledAs, UpdaterKind } from './updater-kind.ts';
import { findUpdaterKind } from './updater-kind.ts';

const UPDATERS: Record<UpdaterKind, new () => AppUpdater> = {
  nsis: NsisUpdater,
  mac: MacUpdater,
  appimage: AppImageUpdater,
  deb: DebUpdater,
};

/** The engine for the way in which this copy was installed, or why there is none, in words. */
export function findUpdateEngine(
  parts: InstalledAs & { fetch: Fetch; arch: string; log: Logger },
): UpdateEngine | { why: string } {
  const found = findUpdaterKind(parts);
  if ('why' in found) return found;
  const { feed, kind } = found;
  return createUpdateEngine({ ...parts, feed, newUpdater: () => new UPDATERS[kind]() });
}
