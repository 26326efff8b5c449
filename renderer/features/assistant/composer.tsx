import { ArrowUp, Square } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { useRef, useState } from 'react';

import type { BackendConfig } from '#shared/domain/backends/backend.ts';
import { backendFreshness } from '#shared/domain/derive.ts';
import { formatAge, SECOND_MS } from '#shared/time.ts';
import { t } from '#shared/words.ts';

import { useNow } from '../../stores/clock.ts';
import { useSlice } from '../../stores/desk.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { Kbd } from '../../ui/kbd.tsx';
import type { AnswererChoice } from './answerers.ts';
import { beginConversation, stop } from './conversation-store.ts';

interface ComposerProps {
  choice: AnswererChoice | undefined;
  /** `null` before the first question. */
  conversationId: string | null;
  busy: boolean;
  onAsk: (question: string) => void;
}

/** Where the person types. Enter sends, Shift+Enter makes a new line, Escape stops an answer. */
export function Composer({ choice, conversationId, busy, onAsk }: ComposerProps) {
  const [text, setText] = useState('');
  const input = useRef<HTMLTextAreaElement>(null);
  const name = choice?.label ?? t('Nobody');

  function send(): void {
    const question = text.trim();
    if (question === '' || busy || choice === undefined) return;
    onAsk(question);
    setText('');
  }

  function halt(): void {
    if (conversationId !== null) void stop(conversationId);
    input.current?.focus();
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
      event.preventDefault();
      send();
    } else if (event.key === 'Escape' && busy) {
      event.preventDefault();
      halt();
    }
  }

  return (
    <div data-keep-clear className="shrink-0 px-5 pt-2 pb-3">
      <div className="mx-auto max-w-3xl">
        {choice === undefined && <Gone />}
        {choice?.backend && <LinkTrouble backend={choice.backend} />}
        <form
          className={cx(
            'flex items-end gap-2 rounded-xl border border-line-strong/70 bg-surface p-1.5 pl-3.5 transition-colors',
            'has-[textarea:focus-visible]:outline-2 has-[textarea:focus-visible]:outline-focus',
          )}
          onSubmit={(event) => {
            event.preventDefault();
            send();
          }}
        >
          <textarea
            ref={input}
            autoFocus
            rows={1}
            spellCheck={false}
            value={text}
            maxLength={20_000}
            disabled={choice === undefined}
            aria-label={t('Ask {name}', { name })}
            placeholder={t('Ask {name}', { name })}
            className="selectable max-h-52 min-h-8 flex-1 resize-none bg-transparent py-1.5 text-sm leading-relaxed text-ink outline-none field-sizing-content placeholder:text-faint focus-visible:outline-none"
            onChange={(event) => setText(event.target.value)}
            onKeyDown={onKeyDown}
          />
          {busy ? (
            <IconButton
              label={t('Stop')}
              variant="secondary"
              icon={<Square size={12} aria-hidden fill="currentColor" />}
              onClick={halt}
            />
          ) : (
            <IconButton
              type="submit"
              label={t('Ask')}
              variant="primary"
              disabled={text.trim() === '' || choice === undefined}
              icon={<ArrowUp size={16} aria-hidden />}
            />
          )}
        </form>
        <p className="mt-1.5 flex flex-wrap items-center gap-x-3 gap-y-1 px-1 text-2xs text-faint">
          <span className="inline-flex items-center gap-1">
            <Kbd keys="Enter" /> {t('ask')}
          </span>
          <span className="inline-flex items-center gap-1">
            <Kbd keys="Shift+Enter" /> {t('new line')}
          </span>
          {busy && (
            <span className="inline-flex items-center gap-1">
              <Kbd keys="Esc" /> {t('stop')}
            </span>
          )}
          <span className="min-w-0 flex-1 truncate text-right">
            {t('It can be wrong. Look at what it read.')}
          </span>
        </p>
      </div>
    </div>
  );
}

function Gone() {
  return (
    <p
      role="status"
      className="mb-2 flex items-center gap-3 rounded-md bg-warn-soft px-3 py-1.5 text-xs text-warn"
    >
      <span className="flex-1">
        {t('Whoever answered here is not connected any more. What was said stays.')}
      </span>
      <Button size="sm" onClick={() => beginConversation(null)}>
        {t('Ask somebody else')}
      </Button>
    </p>
  );
}

/** Says so before a person waits for an answer that may not come. */
function LinkTrouble({ backend }: { backend: BackendConfig }) {
  const links = useSlice('links');
  const now = useNow(SECOND_MS);
  const { stale, ageMs } = backendFreshness(backend.id, links.values(), now);
  if (!stale) return null;
  return (
    <p role="status" className="mb-2 rounded-md bg-warn-soft px-3 py-1.5 text-xs text-warn">
      {t('{what} An answer may not come, or may rest on old figures.', {
        what:
          ageMs === null
            ? t('Nothing has come from {name} yet.', { name: backend.name })
            : t('{name} has sent no data for {age}.', { name: backend.name, age: formatAge(ageMs) }),
      })}
    </p>
  );
}
