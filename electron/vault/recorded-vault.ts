import type { JournalPort } from '../journal/port.ts';
import type { Clock } from '../lib/clock.ts';
import type { VaultPort } from './port.ts';

/** The vault with a line in the journal for each secret that is saved or removed: its name and whose it is, never a value (S1). */
export function createRecordedVault(
  vault: VaultPort,
  { journal, clock }: { journal: Pick<JournalPort, 'append'>; clock: Clock },
): VaultPort {
  function note(backendId: string, event: string, summary: string, name: string | null): void {
    journal.append({ atMs: clock.now(), kind: 'settings', backendId, summary, data: { event, name } });
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
      const had = vault.status().secrets.some((secret) => secret.backendId === backendId);
      await vault.removeAll(backendId);
      if (had) note(backendId, 'credentials-removed', 'All credentials removed', null);
    },
  };
}
