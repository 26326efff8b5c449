import { secretDestination } from '#shared/domain/backends/network.ts';

import { bindSecret, openBound } from '../lib/bound-secret.ts';
import type { SettingsPort } from '../settings/port.ts';
import type { VaultPort } from './port.ts';

/** The vault as whoever keeps a secret for a backend sees it: each is bound to where the backend leads now, and opens for nothing else (S3). */
export function createBoundVault(
  vault: VaultPort,
  settings: Pick<SettingsPort, 'get'>,
): Pick<VaultPort, 'set' | 'reveal' | 'remove'> {
  const destinationOf = (backendId: string): string => {
    const config = settings.get().backends.find(({ id }) => id === backendId);
    return config === undefined ? '' : secretDestination(config);
  };
  return {
    set: (backendId, name, value) => vault.set(backendId, name, bindSecret(value, destinationOf(backendId))),
    reveal: async (backendId, name) =>
      openBound(await vault.reveal(backendId, name), destinationOf(backendId)),
    remove: (backendId, name) => vault.remove(backendId, name),
  };
}
