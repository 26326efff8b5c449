import { useState } from 'react';

import type { VaultAnswer } from '#shared/ipc/vault-requests.ts';

import { describeError } from '../../bridge.ts';
import { toast } from '../../stores/toasts.ts';

/** Asks something of the vault: busy meanwhile, why not when it was refused, and a word when it was done. */
export function useVaultAct() {
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);

  async function run(ask: () => Promise<VaultAnswer>): Promise<boolean> {
    setBusy(true);
    setTrouble(null);
    try {
      const { ok, message } = await ask();
      if (ok) toast.success(message);
      else setTrouble(message);
      return ok;
    } catch (error) {
      setTrouble(describeError(error));
      return false;
    } finally {
      setBusy(false);
    }
  }

  return { busy, trouble, run };
}
