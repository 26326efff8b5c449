import { SendHorizontal, Square } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { useRef, useState } from 'react';

import type { BackendConfig } from '#shared/domain/backend.ts';
import { backendFreshness } from '#shared/domain/derive.ts';
import { formatAge, SECOND_MS } from '#shared/time.ts';

import { useNow } from '../../stores/clock.ts';
import { useSlice } from '../../stores/desk.ts';
import { useKind } from '../../stores/kinds.ts';
import { Button } from '../../ui/button.tsx';
import { TextArea } from '../../ui/field.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { useNoticeFloor } from '../../ui/use-notice-floor.ts';
import { ask, stop } from './conversations.ts';

/** Where the person types. Enter sends, Shift+Enter makes a new line, Escape stops an answer. */
export function Composer({ backend, busy }: { backend: BackendConfig; busy: boolean }) {
  const [text, setText] = useState('');
  const input = useRef<HTMLTextAreaElement>(null);
  const foot = useRef<HTMLDivElement>(null);
  useNoticeFloor(foot);
  const help = useKind(backend.kind)?.chat?.help;

  function send(): void {
    const question = text.trim();
    if (question === '' || busy) return;
    ask(backend.id, question);
    setText('');
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
      event.preventDefault();
      send();
    } else if (event.key === 'Escape' && busy) {
      event.preventDefault();
      stop(backend.id);
    }
  }

  return (
    <div ref={foot} className="shrink-0 border-t border-line px-5 pt-3 pb-4">
      <div className="mx-auto max-w-3xl">
        <LinkTrouble backend={backend} />
        <form
          className="flex items-end gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            send();
          }}
        >
          <TextArea
            ref={input}
            autoFocus
            rows={2}
            value={text}
            maxLength={20_000}
            aria-label={`Ask ${backend.name}`}
            placeholder={`Ask ${backend.name}`}
            className="max-h-48 min-h-14 resize-none field-sizing-content"
            onChange={(event) => setText(event.target.value)}
            onKeyDown={onKeyDown}
          />
          {busy ? (
            <Button
              size="lg"
              icon={<Square size={13} aria-hidden fill="currentColor" />}
              onClick={() => {
                stop(backend.id);
                input.current?.focus();
              }}
            >
              Stop
            </Button>
          ) : (
            <Button
              type="submit"
              size="lg"
              variant="primary"
              disabled={text.trim() === ''}
              icon={<SendHorizontal size={15} aria-hidden />}
            >
              Ask
            </Button>
          )}
        </form>
        <p className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-1 text-2xs text-faint">
          <span className="inline-flex items-center gap-1">
            <Kbd keys="Enter" /> ask
          </span>
          <span className="inline-flex items-center gap-1">
            <Kbd keys="Shift+Enter" /> new line
          </span>
          {busy && (
            <span className="inline-flex items-center gap-1">
              <Kbd keys="Esc" /> stop
            </span>
          )}
          <span className="min-w-0 flex-1 truncate text-right" title={help}>
            Kept in this window only, until it is closed.
          </span>
        </p>
      </div>
    </div>
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
      {ageMs === null
        ? `Nothing has come from ${backend.name} yet.`
        : `${backend.name} has sent no data for ${formatAge(ageMs)}.`}{' '}
      An answer may not come, or may rest on old figures.
    </p>
  );
}
