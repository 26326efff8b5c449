import { join } from 'node:path';

import { openConversations } from '../assistant/conversations/store.ts';
import type { ConversationStore } from '../assistant/port.ts';
import type { LatchFile } from '../commands/latch-file.ts';
import { createLatchFile } from '../commands/latch-file.ts';
import type { DeriveKey } from '../lib/key-derivation.ts';
import { createKeyDeriver } from '../lib/key-derivation.ts';
import { createSafeStorageCipher } from '../vault/safe-storage-cipher.ts';
import type { Vault } from '../vault/vault.ts';
import { openVault } from '../vault/vault.ts';
import type { Ground } from './ground.ts';

/** What the data folder keeps beside the settings and the journal. */
export interface Stores {
  deriveKey: DeriveKey;
  vault: Vault;
  conversations: ConversationStore;
  latchFile: LatchFile;
}

export function openStores({ clock, dataFolder: folder, log, worker }: Ground): Stores {
  const deriveKey = createKeyDeriver(worker('key-derivation-worker.js'));
  return {
    deriveKey,
    vault: openVault({ folder, cipher: createSafeStorageCipher(), deriveKey, clock, log }),
    conversations: openConversations({ folder, clock, log }),
    latchFile: createLatchFile(join(folder, 'panic-latch.json')),
  };
}
