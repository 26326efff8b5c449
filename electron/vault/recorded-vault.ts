import type { VaultAnswer } from '#shared/ipc/vault-requests.ts';

import type { JournalPort } from '../journal/port.ts';
import type { Clock } from '../lib/clock.ts';
import type { VaultKeeping, VaultPort } from './port.ts';

/**
 * The vault with a line in the journal for each secret that is saved or removed, and for each change in how it is kept: the name
 * and whose it is, never a value or a passphrase (S1).
 */
export function createRecordedVault(
  vault: VaultPort & VaultKeeping,
  { journal, clock }: { journal: Pick<JournalPort, 'append'>; clock: Clock },
): VaultPort & VaultKeeping {
  function note(backendId: string | null, event: string, summary: string, name: string | null): void {
    journal.append({ atMs: clock.now(), kind: 'settings', backendId, summary, data: { event, name } });
  }

  async function noted(run: Promise<VaultAnswer>, event: string): Promise<VaultAnswer> {
    const answer = await run;
    const failed = answer.ok ? '' : ' (refused)';
    note(null, event, `Vault: ${WORDS[event] ?? event}${failed}`, null);
    return answer;
  }

  return {
    ...vault,
    async set(backendId, name, value) {
      await vault.set(backendId, name, value);
      note(backendId, 'credential-saved', `Credential saved: ${name}`, name);
    },
    async remove(backendId, name) {
      await vault.remove(backendId, name);
      note(backendId, 'credential-removed', `Credential removed: ${name}`, name);
    },
    async removeAll(backendId) {
      const { secrets, unopened } = vault.status();
      const had = [...secrets, ...unopened].some((secret) => secret.backendId === backendId);
      await vault.removeAll(backendId);
      if (had) note(backendId, 'credentials-removed', 'All credentials removed', null);
    },
    unlock: (passphrase) => noted(vault.unlock(passphrase), 'vault-unlock'),
    lock: () => noted(vault.lock(), 'vault-lock'),
    usePassphrase: (passphrase) => noted(vault.usePassphrase(passphrase), 'vault-use-passphrase'),
    changePassphrase: (current, passphrase) =>
      noted(vault.changePassphrase(current, passphrase), 'vault-change-passphrase'),
    useKeychain: () => noted(vault.useKeychain(), 'vault-use-keychain'),
    useSession: () => noted(vault.useSession(), 'vault-use-session'),
    startAnew: () => noted(vault.startAnew(), 'vault-start-anew'),
  };
}

const WORDS: Readonly<Record<string, string>> = {
  'vault-unlock': 'unlocked',
  'vault-lock': 'locked',
  'vault-use-passphrase': 'encrypted by a passphrase',
  'vault-change-passphrase': 'passphrase changed',
  'vault-use-keychain': 'encrypted by the keychain',
  'vault-use-session': 'secrets kept for this session only',
  'vault-start-anew': 'begun anew, its secrets put aside',
};
