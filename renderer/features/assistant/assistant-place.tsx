import { MessagesSquare, PanelLeft, SquarePen } from 'lucide-react';
import { useEffect, useState } from 'react';

import { t } from '#shared/words.ts';

import { openPlace } from '../../stores/ui.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { PlaceHeader } from '../../ui/panel.tsx';
import { EmptyState, SkeletonRows } from '../../ui/states.tsx';
import { useNarrow } from '../../ui/use-narrow.ts';
import type { AnswererChoice } from './answerers.ts';
import { useAnswerers, valueOf } from './answerers.ts';
import { ConversationHeader } from './conversation-header.tsx';
import { ConversationRail } from './conversation-rail.tsx';
import { beginConversation, loadConversations, useAssistant } from './conversation-store.ts';
import { ConversationView } from './conversation-view.tsx';

/** Narrower than this, the list of conversations is opened when it is wanted. */
const WIDE_PX = 1_080;

/** Conversations with a model, or with a backend that can be talked to. They answer and propose; nothing said here acts. */
export function AssistantPlace() {
  const choices = useAnswerers();
  const list = useAssistant((state) => state.list);
  useEffect(() => void loadConversations(), []);

  if (choices === null) return <SkeletonRows className="p-5" />;
  if (choices.length === 0 && (list === null || list.length === 0)) return <NobodyToAsk />;
  return <Room choices={choices} />;
}

function Room({ choices }: { choices: readonly AnswererChoice[] }) {
  const narrow = useNarrow(WIDE_PX);
  const [railOpen, setRailOpen] = useState(false);
  const currentId = useAssistant((state) => state.currentId);
  const loaded = useAssistant((state) => state.loaded.get(currentId));
  const wanted = useAssistant((state) => state.answerer);
  const trouble = useAssistant((state) => state.trouble);
  const opening = useAssistant((state) => state.opening === currentId);
  const answerer = loaded?.summary.answerer ?? wanted;
  const choice = answerer === null ? choices[0] : choices.find(({ value }) => value === valueOf(answerer));
  const showsRail = !narrow || railOpen;

  return (
    <div className="relative flex h-full min-h-0">
      {showsRail && (
        <ConversationRail
          floating={narrow}
          onChosen={() => setRailOpen(false)}
          onClose={narrow ? () => setRailOpen(false) : null}
        />
      )}
      <div className="flex min-w-0 flex-1 flex-col">
        <ConversationHeader
          before={
            narrow ? (
              <>
                <IconButton
                  label={t('Conversations')}
                  aria-expanded={railOpen}
                  icon={<PanelLeft size={16} aria-hidden />}
                  onClick={() => setRailOpen((open) => !open)}
                />
                <IconButton
                  label={t('New conversation')}
                  icon={<SquarePen size={15} aria-hidden />}
                  onClick={() => beginConversation()}
                />
              </>
            ) : null
          }
          conversation={loaded ?? null}
          choices={choices}
          choice={choice ?? (answerer === null ? choices[0] : undefined)}
        />
        {trouble !== null && !showsRail && (
          <p role="alert" className="selectable bg-warn-soft px-5 py-1.5 text-xs text-warn">
            {trouble}
          </p>
        )}
        {opening && loaded === undefined ? (
          <SkeletonRows className="mx-auto w-full max-w-3xl flex-1 p-5" />
        ) : (
          <ConversationView key={currentId} conversation={loaded ?? null} choice={choice} choices={choices} />
        )}
      </div>
    </div>
  );
}

function NobodyToAsk() {
  return (
    <div className="flex h-full flex-col">
      <PlaceHeader title={t('Assistant')} />
      <EmptyState
        className="flex-1"
        icon={<MessagesSquare size={28} aria-hidden />}
        title={t('There is nobody to ask yet')}
        action={
          <Button variant="primary" onClick={() => openPlace('settings', 'assistant')}>
            {t('Set up a model')}
          </Button>
        }
      >
        {t(
          'Set up a language model: one on this computer keeps everything here. Or connect a bot that has a chat; the practice desk has one.',
        )}
      </EmptyState>
    </div>
  );
}
