import { join } from 'node:path';

import { openConversations } from '../assistant/conversations/store.ts';
import { createLatchFile } from '../commands/latch-file.ts';
import type { Core } from '../core.ts';
import { createCore } from '../core.ts';
import { startJournal } from '../journal/journal.ts';
import type { JournalPort } from '../journal/port.ts';
import type { Clock } from '../lib/clock.ts';
import { silentLogger } from '../lib/logger.ts';
import type { SettingsPort } from '../settings/port.ts';
import { openSettings } from '../settings/settings-store.ts';
import type { Cipher } from '../vault/secret-book.ts';
import { deriveKey } from '../lib/testing/derive-key.ts';
import { openVault } from '../vault/vault.ts';

export interface TestDesk {
  core: Core;
  journal: JournalPort;
  settings: SettingsPort;
  stop(): Promise<void>;
}

/**
 * The whole desk in plain Node: real links, real journal, real files in `folder`. Only what Electron alone can give is
 * missing: the window, the system's notifications and its keychain (secrets live for the session).
 */
export async function startTestDesk(folder: string, clock: Clock): Promise<TestDesk> {
  const log = silentLogger;
  const settings = openSettings({ folder, clock, log });
  const vault = openVault({ folder, cipher: noKeychain, deriveKey, clock, log });
  const journal = await startJournal({
    file: join(folder, 'journal.sqlite'),
    workerUrl: new URL('../journal/file/worker.ts', import.meta.url),
    clock,
    log,
    random: Math.random,
    retention: settings.get().retention,
  });
  const latchFile = createLatchFile(join(folder, 'panic-latch.json'));
  const core = createCore({
    clock,
    log,
    random: Math.random,
    settings,
    vault,
    journal,
    conversations: openConversations({ folder, clock, log }),
    latchFile,
    push: () => false,
    native: null,
  });
  await core.start();
  return {
    core,
    journal,
    settings,
    async stop() {
      core.dispose();
      await journal.close();
      await latchFile.settled();
    },
  };
}

function refuse(): never {
  throw new Error('This desk has no keychain.');
}

/** As on a machine without one: the vault keeps secrets for the session only. */
const noKeychain: Cipher = {
  unavailable: () => 'No keychain in tests.',
  encrypt: refuse,
  decrypt: refuse,
};
