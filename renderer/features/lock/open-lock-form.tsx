import { useState } from 'react';

import { t } from '#shared/words.ts';

import { describeError, request } from '../../bridge.ts';
import { readLock, useLock } from '../../stores/lock.ts';
import { UnlockLine } from '../vault/unlock-line.tsx';

/** What opens the desk. */
export function OpenLockForm({ autoFocus = false }: { autoFocus?: boolean }) {
  const status = useLock((state) => state.status);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const label = status?.opensBy === 'vault' ? t('Passphrase of the vault') : t('PIN or passphrase');

  async function open(text: string): Promise<void> {
    setBusy(true);
    try {
      const { ok, message } = await request('lock.unlock', { text });
      setTrouble(ok ? null : message);
      if (!ok) readLock();
    } catch (error) {
      setTrouble(describeError(error));
    } finally {
      setBusy(false);
    }
  }

  return (
    <UnlockLine
      label={label}
      placeholder={label}
      nextTryAtMs={status?.nextTryAtMs ?? null}
      busy={busy}
      trouble={trouble}
      autoFocus={autoFocus}
      onOpen={open}
    />
  );
}
