import type { VaultKeeping, VaultPort } from '../vault/port.ts';
import type { RequestHandlers } from './router.ts';

/** What the window may ask of the vault. Values and passphrases go in; answers are words. */
export function createVaultHandlers(
  vault: VaultPort & VaultKeeping,
): Pick<RequestHandlers, Extract<keyof RequestHandlers, `vault.${string}`>> {
  return {
    'vault.status': () => vault.status(),
    'vault.remove': async ({ backendId, name }) => {
      await vault.remove(backendId, name);
      return null;
    },
    'vault.unlock': ({ passphrase }) => vault.unlock(passphrase),
    'vault.lock': () => vault.lock(),
    'vault.use-passphrase': ({ passphrase }) => vault.usePassphrase(passphrase),
    'vault.change-passphrase': ({ current, passphrase }) => vault.changePassphrase(current, passphrase),
    'vault.use-keychain': () => vault.useKeychain(),
    'vault.use-session': () => vault.useSession(),
    'vault.start-anew': () => vault.startAnew(),
  };
}
