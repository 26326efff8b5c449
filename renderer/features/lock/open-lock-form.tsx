import { useId, useRef, useState } from 'react';

import { formatAge, SECOND_MS } from '#shared/time.ts';

import { describeError, request } from '../../bridge.ts';
import { useNow } from '../../stores/clock.ts';
import { readLock, useLock } from '../../stores/lock.ts';
import { Button } from '../../ui/button.tsx';
import { Input } from '../../ui/field.tsx';

/** What opens the desk, in one line. What was typed is gone from the window as soon as it was sent. */
export function OpenLockForm({ autoFocus = false }: { autoFocus?: boolean }) {
  const status = useLock((state) => state.status);
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const now = useNow(SECOND_MS);
  const noteId = useId();
  const nextTryAtMs = status?.nextTryAtMs ?? null;
  const waitMs = nextTryAtMs === null ? 0 : nextTryAtMs - now;
  const label = status?.opensBy === 'vault' ? 'Passphrase of the vault' : 'PIN or passphrase';

  async function open(): Promise<void> {
    setText('');
    setBusy(true);
    try {
      const { ok, message } = await request('lock.unlock', { text });
      setTrouble(ok ? null : message);
      if (!ok) readLock();
    } catch (error) {
      setTrouble(describeError(error));
    } finally {
      setBusy(false);
      input.current?.focus();
    }
  }

  return (
    <form
      className="flex flex-wrap items-center gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (text !== '' && waitMs <= 0) void open();
      }}
    >
      <Input
        ref={input}
        type="password"
        aria-label={label}
        aria-describedby={noteId}
        aria-invalid={trouble !== null || undefined}
        placeholder={label}
        autoComplete="off"
        autoFocus={autoFocus}
        className="!w-56"
        maxLength={1_000}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <Button type="submit" variant="primary" busy={busy} disabled={text === '' || waitMs > 0}>
        Unlock
      </Button>
      <span id={noteId} role="status" className="basis-full text-xs text-danger empty:hidden">
        {[trouble, waitMs > 0 ? `The next try is possible in ${formatAge(waitMs)}.` : null]
          .filter((one) => one !== null)
          .join(' ')}
      </span>
    </form>
  );
}
