import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown } from 'lucide-react';
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';

import type { ChatTurn } from '#shared/domain/assistant/assistant.ts';
import { t } from '#shared/words.ts';

import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import type { LoadedConversation } from './conversation-store.ts';
import { useAssistant } from './conversation-store.ts';
import { TurnView } from './turn-view.tsx';

/** Closer to the end than this counts as reading along: new text then scrolls into view. */
const NEAR_END_PX = 80;

interface HistoryProps {
  conversation: LoadedConversation;
  branch: readonly ChatTurn[];
  busy: boolean;
  canAsk: boolean;
  onAsk: (question: string, parentId: string | null) => void;
}

/** What was said. Only the turns in sight are in the document, however many there are. */
export function History({ conversation, branch, busy, canAsk, onAsk }: HistoryProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const pinned = useRef(true);
  const [atEnd, setAtEnd] = useState(true);
  const { turns, summary } = conversation;
  const sought = useAssistant((state) => state.sought);
  const soughtIndex = sought === null ? -1 : branch.findIndex(({ id }) => id === sought.turnId);

  const virtualizer = useVirtualizer({
    count: branch.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 140,
    getItemKey: (index) => branch[index]?.id ?? index,
    overscan: 3,
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
  }, [summary.headId, followEnd]);
  useLayoutEffect(followEnd, [totalSize, followEnd]);
  // What a search led to is looked at, and not the end.
  const lookedAt = useRef<typeof sought>(null);
  useEffect(() => {
    if (soughtIndex < 0 || lookedAt.current === sought) return;
    lookedAt.current = sought;
    pinned.current = false;
    virtualizer.scrollToIndex(soughtIndex, { align: 'center' });
  }, [sought, soughtIndex, virtualizer]);

  return (
    <div className="relative min-h-0 flex-1">
      <div
        ref={scroller}
        tabIndex={0}
        role="log"
        aria-label={t('Conversation: {title}', { title: summary.title })}
        aria-busy={busy}
        className="h-full overflow-y-auto px-5 py-4 focus-visible:-outline-offset-2"
        onWheel={({ deltaY }) => {
          // Before the scrolling itself, which the next piece of an answer would undo.
          if (deltaY < 0) pinned.current = false;
        }}
        onScroll={({ currentTarget: element }) => {
          const near = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END_PX;
          pinned.current = near;
          setAtEnd(near);
        }}
      >
        <div className="relative mx-auto max-w-3xl" style={{ height: totalSize }}>
          {virtualizer.getVirtualItems().map((item) => {
            const turn = branch[item.index];
            return turn === undefined ? null : (
              <div
                key={item.key}
                ref={virtualizer.measureElement}
                data-index={item.index}
                aria-current={item.index === soughtIndex ? 'true' : undefined}
                className={cx(
                  'absolute top-0 left-0 w-full pb-6',
                  item.index === soughtIndex && 'rounded-lg outline outline-offset-4 outline-accent',
                )}
                style={{ transform: `translateY(${item.start}px)` }}
              >
                <TurnView
                  turn={turn}
                  turns={turns}
                  conversationId={summary.id}
                  busy={busy}
                  canAsk={canAsk}
                  onAsk={onAsk}
                />
              </div>
            );
          })}
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
          {t('To the end')}
        </Button>
      )}
    </div>
  );
}
