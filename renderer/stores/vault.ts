import { create } from 'zustand';

import type { VaultStatus } from '#shared/ipc/vault-requests.ts';

import { describeError, on, request } from '../bridge.ts';

interface VaultState {
  readonly status: VaultStatus | null;
  readonly trouble: string | null;
}

/** How secrets are kept, `null` until it was read. Which were used when is in an answer of its own. */
export const useVault = create<VaultState>(() => ({ status: null, trouble: null }));

/** Asks anew, since a use is not announced. */
export function readVault(): void {
  request('vault.status', {}).then(
    (status) => useVault.setState({ status, trouble: null }),
    (error: unknown) => useVault.setState({ trouble: describeError(error) }),
  );
}

/** Reads how secrets are kept and follows it. Returns the disposer. */
export function connectVault(): () => void {
  const dispose = on('vault.changed', (status) => useVault.setState({ status, trouble: null }));
  readVault();
  return dispose;
}
