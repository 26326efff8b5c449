import { safeStorage } from 'electron';

import type { Cipher } from './secret-book.ts';

/**
 * The part of `safeStorage` that works on every Electron. From 45 on its types call it deprecated in favour of an
 * asynchronous one, which is there in 42 as well but answers "not available" and ends the process when it is used.
 */
interface KeychainStorage {
  isEncryptionAvailable(): boolean;
  encryptString(plainText: string): Buffer;
  decryptString(cipherText: Buffer): string;
  getSelectedStorageBackend(): string;
}

const keychain: KeychainStorage = safeStorage;

/** The system's keychain through Electron. Only to be asked once the app is ready. */
export function createSafeStorageCipher(): Cipher {
  return {
    unavailable() {
      // With `basic_text` Chromium encrypts with a password that is in its source: that is no protection (S1).
      if (process.platform === 'linux' && keychain.getSelectedStorageBackend() === 'basic_text') {
        return 'no keychain (GNOME Keyring or KWallet) was found on this desktop.';
      }
      return keychain.isEncryptionAvailable() ? null : "the system's keychain is not available or is locked.";
    },
    encrypt: (plainText) => keychain.encryptString(plainText),
    decrypt: (cipherText) => keychain.decryptString(cipherText),
  };
}
