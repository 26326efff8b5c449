import { useId, useState } from 'react';

import { formatAge, SECOND_MS } from '#shared/time.ts';

import { request } from '../../bridge.ts';
import { useNow } from '../../stores/clock.ts';
import { useVault } from '../../stores/vault.ts';
import { Button } from '../../ui/button.tsx';
import { Input } from '../../ui/field.tsx';
import { useVaultAct } from './use-vault-act.ts';

/** The passphrase in one line. What was typed is gone from the window as soon as it was sent. */
export function UnlockForm() {
  const [text, setText] = useState('');
  const { busy, trouble, run } = useVaultAct();
  const nextTryAtMs = useVault((state) => state.status?.nextTryAtMs ?? null);
  const now = useNow(SECOND_MS);
  const noteId = useId();
  const waitMs = nextTryAtMs === null ? 0 : nextTryAtMs - now;
  const words = waitMs > 0 ? `The next try is possible in ${formatAge(waitMs)}.` : null;
  const note = [trouble, words].filter((one) => one !== null).join(' ');

  return (
    <form
      className="flex flex-wrap items-center gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (text === '') return;
        setText('');
        void run(() => request('vault.unlock', { passphrase: text }));
      }}
    >
      <Input
        type="password"
        aria-label="Passphrase of the vault"
        aria-describedby={noteId}
        aria-invalid={trouble !== null || undefined}
        placeholder="Passphrase"
        autoComplete="off"
        className="!w-56"
        maxLength={1_000}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <Button type="submit" variant="primary" busy={busy} disabled={text === '' || waitMs > 0}>
        Unlock
      </Button>
      <span id={noteId} role="status" className="basis-full text-xs text-danger empty:hidden">
        {note}
      </span>
    </form>
  );
}
