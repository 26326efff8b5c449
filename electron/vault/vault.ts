import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import type { DeriveKey, KeyCost } from '../lib/key-derivation.ts';
import { KEY_COST } from '../lib/key-derivation.ts';
import { createKeeping } from './keeping.ts';
import type { VaultKeeping, VaultPort } from './port.ts';
import { hideSecrets } from './hide-secrets.ts';
import type { Cipher, SecretBook } from './secret-book.ts';
import { keyOf, openSecretBook } from './secret-book.ts';
import { createVaultFile } from './vault-file.ts';
import { vaultStatus } from './vault-status.ts';

export interface VaultOptions {
  /** Where `vault.json` lies. */
  folder: string;
  cipher: Cipher;
  deriveKey: DeriveKey;
  /** What a new key costs to make; the default is for people, tests take less. */
  keyCost?: KeyCost;
  clock: Clock;
  log: Logger;
}

export interface Vault extends VaultPort, VaultKeeping {
  /** Writes the last uses that are not on disk yet. */
  close(): void;
}

/**
 * Opens the vault. Without a keychain it holds secrets for this session only until the person chooses a passphrase, and says so;
 * it never writes plain text (S1). A damaged file is set aside; a secret that can no longer be opened counts as missing.
 */
export function openVault(options: VaultOptions): Vault {
  const { clock, log } = options;
  const file = createVaultFile(options.folder, { clock, log });
  const book = openSecretBook({ file, cipher: options.cipher, clock, log });
  const listeners = new Set<() => void>();
  const { nextTryAtMs, ...keeping } = createKeeping({
    book,
    file,
    deriveKey: options.deriveKey,
    cost: options.keyCost ?? KEY_COST,
    clock,
    log,
    changed() {
      for (const listener of [...listeners]) listener();
    },
  });

  return {
    ...keeping,
    status: () => vaultStatus(book, nextTryAtMs()),
    set: (backendId, name, value) =>
      promised(() => {
        const base = { backendId, name, savedAtMs: clock.now(), usedAtMs: null };
        const secret = book.protect(base, value);
        if (secret.kept === 'session')
          log.info('a secret is kept for this session only', { backendId, name });
        book.put(keyOf(backendId, name), secret);
      }),
    reveal: (backendId, name) =>
      promised(() => {
        const secret = book.secrets.get(keyOf(backendId, name));
        if (secret === undefined) return null;
        const plainText = book.open(secret);
        if (plainText !== null) book.noteUse(secret);
        return plainText;
      }),
    remove: (backendId, name) => promised(() => book.drop([keyOf(backendId, name)])),
    removeAll: (backendId) =>
      promised(() => {
        const mine = [...book.secrets].filter(([, secret]) => secret.backendId === backendId);
        book.drop(mine.map(([key]) => key));
      }),
    waits: (backendId) =>
      vaultStatus(book, null).unopened.some((one) => one.backendId === backendId && one.why === 'locked'),
    hideIn: (text) => hideSecrets(text, valuesOf(book)),
    onKeepingChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close: () => book.close(),
  };
}

/** Every value that can be opened now. What waits for the passphrase, or is damaged, is none. */
function valuesOf(book: SecretBook): string[] {
  return [...book.secrets.values()].flatMap((secret) => {
    try {
      return book.open(secret) ?? [];
    } catch {
      return [];
    }
  });
}

/** The port is asynchronous, since a keychain may come to be; what throws becomes a rejection. */
function promised<T>(run: () => T): Promise<T> {
  return new Promise((resolve) => resolve(run()));
}
