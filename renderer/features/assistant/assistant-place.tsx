import { Download, MessagesSquare, ShieldCheck, Trash2 } from 'lucide-react';
import { useMemo, useState } from 'react';

import type { BackendConfig } from '#shared/domain/backend.ts';

import { nowMs } from '../../stores/clock.ts';
import { useSlice } from '../../stores/desk.ts';
import { useKinds } from '../../stores/kinds.ts';
import { openPlace } from '../../stores/ui.ts';
import { PracticeMark } from '../../ui/backend-tag.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { Select } from '../../ui/field.tsx';
import { PlaceHeader } from '../../ui/panel.tsx';
import { fileStamp, saveTextFile } from '../../ui/save-file.ts';
import { EmptyState, SkeletonRows } from '../../ui/states.tsx';
import { Composer } from './composer.tsx';
import { clear, useConversation } from './conversations.ts';
import { History } from './history.tsx';
import { toMarkdown } from './turns.ts';

/** A conversation with a backend that can be talked to. It answers and proposes; nothing said here acts. */
export function AssistantPlace() {
  const backends = useSlice('backends');
  const kinds = useKinds();
  const [chosenId, setChosenId] = useState<string | null>(null);
  const talkers = useMemo(
    () => [...backends.values()].filter(({ enabled, kind }) => enabled && kinds?.get(kind)?.chat),
    [backends, kinds],
  );
  const backend = talkers.find(({ id }) => id === chosenId) ?? talkers[0];

  if (kinds === null) return <SkeletonRows className="p-5" />;
  if (backend === undefined) return <NobodyToAsk />;
  return <Room key={backend.id} backend={backend} talkers={talkers} onChoose={setChosenId} />;
}

interface RoomProps {
  backend: BackendConfig;
  talkers: readonly BackendConfig[];
  onChoose: (backendId: string) => void;
}

function Room({ backend, talkers, onChoose }: RoomProps) {
  const { turns, stream } = useConversation(backend.id);
  const empty = turns.length === 0;

  return (
    <div className="flex h-full min-h-0 flex-col">
      <PlaceHeader
        title="Assistant"
        note={
          <>
            <ShieldCheck size={13} aria-hidden className="text-ok" />
            It answers and proposes. It cannot act; whatever it suggests waits for your click.
          </>
        }
        actions={
          <>
            {backend.practice && <PracticeMark />}
            {talkers.length > 1 && (
              <Select
                aria-label="Who is asked"
                size="sm"
                value={backend.id}
                onChange={onChoose}
                options={talkers.map(({ id, name }) => ({ value: id, label: name }))}
              />
            )}
            <IconButton
              label="Save this conversation as markdown"
              icon={<Download size={15} aria-hidden />}
              disabled={empty}
              onClick={() =>
                saveTextFile(
                  `conversation-${backend.id}-${fileStamp(nowMs())}.md`,
                  'text/markdown',
                  toMarkdown(turns, backend.name, nowMs()),
                )
              }
            />
            <IconButton
              label="Start again with an empty conversation"
              icon={<Trash2 size={15} aria-hidden />}
              disabled={empty}
              onClick={() => clear(backend.id)}
            />
          </>
        }
      />
      <History backend={backend} turns={turns} stream={stream} />
      <Composer backend={backend} busy={stream !== null} />
    </div>
  );
}

function NobodyToAsk() {
  return (
    <div className="flex h-full flex-col">
      <PlaceHeader title="Assistant" />
      <EmptyState
        className="flex-1"
        icon={<MessagesSquare size={28} aria-hidden />}
        title="No connected backend can be talked to"
        action={<Button onClick={() => openPlace('settings')}>Open settings</Button>}
      >
        Connect a bot that has a chat, or switch the practice desk on: its analyst answers from the practice
        market.
      </EmptyState>
    </div>
  );
}
