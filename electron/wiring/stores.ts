import { join } from 'node:path';

import { app } from 'electron';

import { openConversations } from '../assistant/conversations/store.ts';
import type { ConversationStore } from '../assistant/port.ts';
import type { LatchFile } from '../commands/latch-file.ts';
import { createLatchFile } from '../commands/latch-file.ts';
import type { RegionFollower } from '../desktop/system/follow-region.ts';
import { followRegion } from '../desktop/system/follow-region.ts';
import { startJournal } from '../journal/journal.ts';
import type { JournalPort } from '../journal/port.ts';
import type { Disposables } from '../lib/disposables.ts';
import type { DeriveKey } from '../lib/key-derivation.ts';
import { createKeyDeriver } from '../lib/key-derivation.ts';
import type { SettingsFile } from '../settings/settings-store.ts';
import { openSettings } from '../settings/settings-store.ts';
import { createSafeStorageCipher } from '../vault/safe-storage-cipher.ts';
import type { Vault } from '../vault/vault.ts';
import { openVault } from '../vault/vault.ts';
import type { Ground } from './ground.ts';

/** What the data folder keeps. */
export interface Stores {
  settings: SettingsFile;
  /** The language, the way of writing and the time zone that the settings ask for. */
  region: RegionFollower;
  deriveKey: DeriveKey;
  vault: Vault;
  journal: JournalPort;
  conversations: ConversationStore;
  latchFile: LatchFile;
}

/** Opens what is kept. The language and the log's level follow the settings from here on. */
export async function openStores(ground: Ground, ends: Disposables): Promise<Stores> {
  const { clock, dataFolder: folder, log, worker } = ground;
  const settings = openSettings({ folder, clock, log });
  const region = followRegion(settings, app.getLocale() || 'en-US');
  ends.add(region.dispose);
  log.setLevel(settings.get().diagnostics.logLevel);
  ends.add(settings.onChange(({ diagnostics: { logLevel } }) => log.setLevel(logLevel)));
  const deriveKey = createKeyDeriver(worker('key-derivation-worker.js'));
  const vault = openVault({ folder, cipher: createSafeStorageCipher(), deriveKey, clock, log });
  const journal = await startJournal({
    file: join(folder, 'journal.sqlite'),
    workerUrl: worker('journal-worker.js'),
    clock,
    log,
    random: Math.random,
    retention: settings.get().retention,
  });
  return {
    settings,
    region,
    deriveKey,
    vault,
    journal,
    conversations: openConversations({ folder, clock, log }),
    latchFile: createLatchFile(join(folder, 'panic-latch.json')),
  };
}
