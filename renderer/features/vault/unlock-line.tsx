import { useId, useRef, useState } from 'react';

import { formatAge, SECOND_MS } from '#shared/time.ts';
import { t } from '#shared/words.ts';

import { useNow } from '../../stores/clock.ts';
import { Button } from '../../ui/button.tsx';
import { Input } from '../../ui/field.tsx';

interface UnlockLineProps {
  label: string;
  placeholder: string;
  /** After wrong answers, when the next one is looked at. */
  nextTryAtMs: number | null;
  busy: boolean;
  /** Why the last answer did not open. */
  trouble: string | null;
  autoFocus?: boolean;
  onOpen: (text: string) => Promise<unknown>;
}

/** What opens the desk or the vault, in one line. What was typed is gone from the window as soon as it was sent. */
export function UnlockLine({
  label,
  placeholder,
  nextTryAtMs,
  busy,
  trouble,
  autoFocus = false,
  onOpen,
}: UnlockLineProps) {
  const [text, setText] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const now = useNow(SECOND_MS);
  const noteId = useId();
  const waitMs = nextTryAtMs === null ? 0 : nextTryAtMs - now;
  const words = waitMs > 0 ? t('The next try is possible in {age}.', { age: formatAge(waitMs) }) : null;

  return (
    <form
      className="flex flex-wrap items-center gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (text === '' || waitMs > 0) return;
        setText('');
        void onOpen(text).finally(() => input.current?.focus());
      }}
    >
      <Input
        ref={input}
        type="password"
        aria-label={label}
        aria-describedby={noteId}
        aria-invalid={trouble !== null || undefined}
        placeholder={placeholder}
        autoComplete="off"
        autoFocus={autoFocus}
        className="!w-56"
        maxLength={1_000}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <Button type="submit" variant="primary" busy={busy} disabled={text === '' || waitMs > 0}>
        {t('Unlock')}
      </Button>
      <span id={noteId} role="status" className="basis-full text-xs text-danger empty:hidden">
        {[trouble, words].filter((one) => one !== null).join(' ')}
      </span>
    </form>
  );
}
