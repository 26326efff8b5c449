import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, MessagesSquare } from 'lucide-react';
import { useCallback, useLayoutEffect, useRef, useState } from 'react';

import type { BackendConfig } from '#shared/domain/backend.ts';

import { useKind } from '../../stores/kinds.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/states.tsx';
import type { Conversation } from './conversations.ts';
import { ask } from './conversations.ts';
import { StreamingAnswer, TurnView } from './turn-view.tsx';

/** Closer to the end than this counts as reading along: new text then scrolls into view. */
const NEAR_END_PX = 80;

const SUGGESTIONS = [
  'What happened in the last hour?',
  'Why is the newest proposal a good idea, and what speaks against it?',
  'Where is most of my risk right now?',
  'What would you watch today?',
];

interface HistoryProps extends Conversation {
  backend: BackendConfig;
}

/** The conversation. Only the turns in sight are in the document; the answer that arrives is drawn apart from them. */
export function History({ backend, turns, stream }: HistoryProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const pinned = useRef(true);
  const [atEnd, setAtEnd] = useState(true);

  const virtualizer = useVirtualizer({
    count: turns.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 140,
    getItemKey: (index) => turns[index]?.id ?? index,
    overscan: 4,
  });
  const totalSize = virtualizer.getTotalSize();

  const followEnd = useCallback(() => {
    const element = scroller.current;
    if (pinned.current && element !== null) element.scrollTop = element.scrollHeight;
  }, []);

  // A question that was just asked is looked at, wherever the person had scrolled to.
  useLayoutEffect(() => {
    pinned.current = true;
    followEnd();
  }, [stream?.streamId, followEnd]);
  useLayoutEffect(followEnd, [totalSize, turns.length, followEnd]);

  if (turns.length === 0) return <Suggestions backend={backend} />;
  return (
    <div className="relative min-h-0 flex-1">
      <div
        ref={scroller}
        tabIndex={0}
        role="log"
        aria-label={`Conversation with ${backend.name}`}
        aria-busy={stream !== null}
        className="h-full overflow-y-auto px-5 py-4 focus-visible:-outline-offset-2"
        onScroll={({ currentTarget: element }) => {
          const near = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END_PX;
          pinned.current = near;
          setAtEnd(near);
        }}
      >
        <div className="mx-auto max-w-3xl">
          <div className="relative" style={{ height: totalSize }}>
            {virtualizer.getVirtualItems().map((item) => {
              const turn = turns[item.index];
              return turn === undefined ? null : (
                <div
                  key={item.key}
                  ref={virtualizer.measureElement}
                  data-index={item.index}
                  className="absolute top-0 left-0 w-full pb-5"
                  style={{ transform: `translateY(${item.start}px)` }}
                >
                  <TurnView
                    turn={turn}
                    backendId={backend.id}
                    backendName={backend.name}
                    last={item.index === turns.length - 1 && stream === null}
                  />
                </div>
              );
            })}
          </div>
          {stream !== null && (
            <StreamingAnswer stream={stream} backendName={backend.name} onGrow={followEnd} />
          )}
        </div>
      </div>
      {!atEnd && (
        <Button
          size="sm"
          className="absolute bottom-3 left-1/2 -translate-x-1/2 shadow-pop"
          icon={<ArrowDown size={13} aria-hidden />}
          onClick={() => {
            pinned.current = true;
            followEnd();
          }}
        >
          To the end
        </Button>
      )}
    </div>
  );
}

function Suggestions({ backend }: { backend: BackendConfig }) {
  const chat = useKind(backend.kind)?.chat;
  return (
    <div className="flex min-h-0 flex-1 flex-col items-center justify-center overflow-y-auto">
      <EmptyState
        icon={<MessagesSquare size={28} aria-hidden />}
        title={`Ask ${backend.name}`}
        className="pb-4"
      >
        {chat?.help}
      </EmptyState>
      <ul className="grid w-full max-w-2xl gap-2 px-6 sm:grid-cols-2">
        {SUGGESTIONS.map((question) => (
          <li key={question}>
            <button
              type="button"
              className="h-full w-full rounded-lg border border-line bg-surface px-3.5 py-2.5 text-left text-sm text-muted hover:border-line-strong hover:text-ink"
              onClick={() => ask(backend.id, question)}
            >
              {question}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
