import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { UpdateFeed } from './announcement.ts';

export type UpdaterKind = 'nsis' | 'mac' | 'appimage' | 'deb';

export interface InstalledAs {
  platform: NodeJS.Platform;
  isPackaged: boolean;
  notForRelease: string | null;
  feed: UpdateFeed | null;
  /** Where electron-builder notes the kind of package. */
  resourcesFolder: string;
  env: Readonly<Record<string, string | undefined>>;
}

/** How this copy can replace itself, or why it cannot, in words. */
export function findUpdaterKind(as: InstalledAs): { kind: UpdaterKind; feed: UpdateFeed } | { why: string } {
  if (!as.isPackaged)
    return { why: 'Quarterdeck runs from its sources here; fetch the newest ones with git.' };
  if (as.notForRelease !== null)
    return { why: 'This build is not for release and is not replaced by a released one.' };
  if (as.feed === null) return { why: 'This build was made without a place where updates are announced.' };
  if (!isSecure(as.feed.address))
    return { why: 'The place where updates are announced has no secure address.' };
  const kind = kindOf(as);
  return kind === null
    ? { why: 'This copy was unpacked by hand. Fetch the new release the same way.' }
    : { kind, feed: as.feed };
}

/** Whether a release that was fetched is installed with the next quit whatever is said. */
export const installsAlways = (platform: NodeJS.Platform): boolean => platform === 'darwin';

function kindOf({ platform, resourcesFolder, env }: InstalledAs): UpdaterKind | null {
  if (platform === 'win32') return 'nsis';
  if (platform === 'darwin') return 'mac';
  if (env.APPIMAGE !== undefined) return 'appimage';
  try {
    return readFileSync(join(resourcesFolder, 'package-type'), 'utf8').trim() === 'deb' ? 'deb' : null;
  } catch {
    return null;
  }
}

const isSecure = (address: string): boolean => URL.parse(address)?.protocol === 'https:';
