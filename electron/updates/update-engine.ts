import type { AppUpdater, BaseUpdater, UpdateInfo } from 'electron-updater';
import {
  AppImageUpdater,
  CancellationToken,
  DebUpdater,
  MacUpdater,
  NsisUpdater,
  Provider,
} from 'electron-updater';
import type { ProviderRuntimeOptions } from 'electron-updater/out/providers/Provider.js';
import { resolveFiles } from 'electron-updater/out/providers/Provider.js';

import type { Update, UpdateChannel } from '#shared/domain/settings/desktop.ts';

import type { Logger } from '../lib/logger.ts';
import type { Fetch, UpdateFeed } from './announcement.ts';
import { channelFile, readAnnouncement } from './announcement.ts';
import type { UpdaterKind } from './updater-kind.ts';
import { installsAlways } from './updater-kind.ts';

/** What finds, fetches and installs a release. */
export interface UpdateEngine {
  /** Whether a release that was fetched is installed with the next quit whatever is said. */
  readonly installsAlways: boolean;
  /** The newer release, or null where there is none: an older one never counts. */
  find(channel: UpdateChannel, signal: AbortSignal): Promise<Update | null>;
  /** Fetches what was found last and checks its digest. */
  fetch(onPercent: (percent: number) => void, signal: AbortSignal): Promise<void>;
  /** Called at the very end of the program; `again` starts the new one. */
  install(again: boolean): void;
}

export interface UpdateEngineParts {
  feed: UpdateFeed;
  fetch: Fetch;
  /** One for each look: what hangs in an old one holds nothing up. */
  newUpdater(): AppUpdater | BaseUpdater;
  platform: NodeJS.Platform;
  arch: string;
  log: Logger;
}

const MAX_NOTES_LENGTH = 4_000;

/** The library's own, one for each way in which a copy is installed. */
export const updaters: Record<UpdaterKind, new () => AppUpdater> = {
  nsis: NsisUpdater,
  mac: MacUpdater,
  appimage: AppImageUpdater,
  deb: DebUpdater,
};

/** electron-updater, with announcements that are signed, no way back to an older version, and nothing by itself. */
export function createUpdateEngine(parts: UpdateEngineParts): UpdateEngine {
  const { feed, log } = parts;
  let updater: AppUpdater | BaseUpdater | null = null;
  let former: Promise<unknown> = Promise.resolve();

  /** The updater as it is asked for here; every default of it that acts by itself is off. */
  function prepare(file: string, signal: AbortSignal): AppUpdater | BaseUpdater {
    const prepared = parts.newUpdater();
    prepared.logger = {
      info: (message) => log.debug('updater', { message: String(message) }),
      warn: (message) => log.warn('updater', { message: String(message) }),
      error: (message) => log.warn('updater', { message: String(message) }),
    };
    prepared.autoDownload = false;
    prepared.autoInstallOnAppQuit = installsAlways(parts.platform);
    prepared.autoRunAppAfterInstall = false;
    prepared.disableDifferentialDownload = true;
    prepared.allowDowngrade = false;
    // It also rejects; without a listener the event would end the program.
    prepared.on('error', () => undefined);

    class SignedFeed extends Provider<UpdateInfo> {
      constructor(_options: unknown, _updater: unknown, runtime: ProviderRuntimeOptions) {
        super(runtime);
      }
      getLatestVersion(): Promise<UpdateInfo> {
        return readAnnouncement(feed, file, parts.fetch, signal);
      }
      resolveFiles(info: UpdateInfo) {
        return resolveFiles(info, new URL(feed.address.endsWith('/') ? feed.address : `${feed.address}/`));
      }
    }
    prepared.setFeedURL({ provider: 'custom', updateProvider: SignedFeed });
    return prepared;
  }

  return {
    installsAlways: installsAlways(parts.platform),

    async find(channel, signal) {
      updater = prepare(channelFile(channel, parts.platform, parts.arch), signal);
      const found = await updater.checkForUpdates();
      if (found?.isUpdateAvailable !== true) return null;
      // A channel may be fed by hand: who wants finished releases gets no other.
      if (channel === 'latest' && found.updateInfo.version.includes('-')) return null;
      return describe(found.updateInfo);
    },

    async fetch(onPercent, signal) {
      // One that was given up still takes its file away; begun beside it, the next would lose its own.
      await former;
      if (updater === null) throw new Error('nothing was found to fetch');
      signal.throwIfAborted();
      const token = new CancellationToken();
      const giveUp = (): void => token.cancel();
      const onProgress = ({ percent }: { percent: number }): void => onPercent(percent);
      signal.addEventListener('abort', giveUp, { once: true });
      updater.on('download-progress', onProgress);
      try {
        const fetching = updater.downloadUpdate(token);
        former = fetching.catch(() => undefined);
        await fetching;
      } finally {
        updater.off('download-progress', onProgress);
        signal.removeEventListener('abort', giveUp);
      }
    },

    install(again) {
      if (updater !== null && 'install' in updater) updater.install(!again, again);
    },
  };
}

function describe(info: UpdateInfo): Update {
  const releasedAtMs = Date.parse(info.releaseDate);
  return {
    version: info.version,
    notes: typeof info.releaseNotes === 'string' ? info.releaseNotes.slice(0, MAX_NOTES_LENGTH) : '',
    releasedAtMs: Number.isNaN(releasedAtMs) ? null : releasedAtMs,
    sizeBytes: info.files[0]?.size ?? null,
  };
}
