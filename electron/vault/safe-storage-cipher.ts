import { safeStorage } from 'electron';

import type { Cipher } from './vault.ts';

/** The system's keychain through Electron. Only to be asked once the app is ready. */
export function createSafeStorageCipher(): Cipher {
  return {
    async unavailable() {
      // With `basic_text` Chromium encrypts with a password that is in its source: that is no protection (S1).
      if (process.platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text') {
        return 'no keychain (GNOME Keyring or KWallet) was found on this desktop.';
      }
      return (await isAvailable()) ? null : "the system's keychain is not available or is locked.";
    },
    encrypt: (plainText) => safeStorage.encryptStringAsync(plainText),
    async decrypt(cipherText) {
      const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(cipherText);
      return { plainText: result, outdated: shouldReEncrypt };
    },
  };
}

/** Some Electron versions answer plainly where the types promise a promise; both are awaited, and a throw is a no. */
async function isAvailable(): Promise<boolean> {
  try {
    return await safeStorage.isAsyncEncryptionAvailable();
  } catch {
    return false;
  }
}
