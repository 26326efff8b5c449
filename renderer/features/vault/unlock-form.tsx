import { t } from '#shared/words.ts';

import { request } from '../../bridge.ts';
import { useVault } from '../../stores/vault.ts';
import { UnlockLine } from './unlock-line.tsx';
import { useVaultAct } from './use-vault-act.ts';

/** The passphrase of the vault. */
export function UnlockForm() {
  const { busy, trouble, run } = useVaultAct();
  const nextTryAtMs = useVault((state) => state.status?.nextTryAtMs ?? null);
  return (
    <UnlockLine
      label={t('Passphrase of the vault')}
      placeholder={t('Passphrase')}
      nextTryAtMs={nextTryAtMs}
      busy={busy}
      trouble={trouble}
      onOpen={(passphrase) => run(() => request('vault.unlock', { passphrase }))}
    />
  );
}
