import { MessageSquare, Pencil, Plus, Trash2, X } from 'lucide-react';
import { memo, useEffect, useState } from 'react';

import type { FoundConversation } from '#shared/domain/assistant/assistant.ts';
import { t } from '#shared/words.ts';

import { request } from '../../bridge.ts';
import { nowMs } from '../../stores/clock.ts';
import { useDebounced } from '../../stores/use-debounced.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { Input } from '../../ui/field.tsx';
import { formatTime } from '../../ui/format.ts';
import { SearchInput } from '../../ui/search-input.tsx';
import { SkeletonRows } from '../../ui/states.tsx';
import { RemoveDialog } from '../settings/parts/remove-dialog.tsx';
import {
  beginConversation,
  loadConversations,
  openConversation,
  rename,
  useAssistant,
} from './conversation-store.ts';

interface ConversationRailProps {
  /** It lies over the conversation and goes once one is chosen. */
  floating: boolean;
  onChosen: () => void;
  onClose: (() => void) | null;
}

/** All conversations, newest first, with a search over what was said in them. */
export function ConversationRail({ floating, onChosen, onClose }: ConversationRailProps) {
  const list = useAssistant((state) => state.list);
  const trouble = useAssistant((state) => state.trouble);
  const currentId = useAssistant((state) => state.currentId);
  const [text, setText] = useState('');
  const searched = useDebounced(text, 200);
  const [removing, setRemoving] = useState<FoundConversation | null>(null);
  useEffect(() => void loadConversations(searched), [searched]);

  return (
    <aside
      aria-label={t('Conversations')}
      className={cx(
        'flex h-full w-64 shrink-0 flex-col border-r border-line bg-surface',
        floating && 'absolute inset-y-0 left-0 z-20 shadow-pop',
      )}
    >
      <div className="flex h-12 shrink-0 items-center gap-2 px-3">
        <Button
          className="flex-1"
          icon={<Plus size={14} aria-hidden />}
          onClick={() => {
            beginConversation();
            onChosen();
          }}
        >
          {t('New conversation')}
        </Button>
        {onClose !== null && (
          <IconButton label={t('Close the list')} icon={<X size={15} aria-hidden />} onClick={onClose} />
        )}
      </div>
      <div className="px-3 pb-2">
        <SearchInput
          label={t('Search conversations')}
          placeholder={t('Search what was said')}
          className="block w-full"
          value={text}
          onChange={setText}
        />
      </div>
      {trouble !== null && (
        <p
          role="alert"
          className="selectable mx-3 mb-2 rounded-md bg-warn-soft px-2.5 py-1.5 text-xs text-warn"
        >
          {trouble}
        </p>
      )}
      <div className="min-h-0 flex-1 overflow-y-auto px-2 pb-3">
        {list === null ? (
          <SkeletonRows count={4} />
        ) : list.length === 0 ? (
          <p className="px-2 py-6 text-center text-xs leading-relaxed text-muted">
            {searched === '' ? t('What you ask is kept here, on this computer.') : t('Nothing was found.')}
          </p>
        ) : (
          <ul className="flex flex-col gap-px">
            {list.map((one) => (
              <Row
                key={one.id}
                conversation={one}
                current={one.id === currentId}
                onChosen={onChosen}
                onRemove={setRemoving}
              />
            ))}
          </ul>
        )}
      </div>
      {removing !== null && (
        <RemoveDialog
          what={`“${removing.title}”`}
          description={t(
            'All that was said in it is deleted from this computer and cannot be brought back. What the journal holds of decisions stays.',
          )}
          failure={t('The conversation could not be removed')}
          remove={() => request('assistant.remove', { conversationId: removing.id })}
          onDone={() => setRemoving(null)}
        />
      )}
    </aside>
  );
}

interface RowProps {
  conversation: FoundConversation;
  current: boolean;
  onChosen: () => void;
  onRemove: (conversation: FoundConversation) => void;
}

const Row = memo(function Row({ conversation, current, onChosen, onRemove }: RowProps) {
  const { id, title, snippet, foundTurnId, updatedAtMs } = conversation;
  const [renaming, setRenaming] = useState(false);
  if (renaming) return <RenameRow id={id} title={title} onDone={() => setRenaming(false)} />;
  return (
    <li
      className={cx(
        'group relative rounded-md',
        current ? 'bg-soft' : 'focus-within:bg-raised hover:bg-raised',
      )}
    >
      <button
        type="button"
        aria-current={current ? 'true' : undefined}
        className="flex w-full items-start gap-2 rounded-md px-2 py-1.5 text-left"
        onClick={() => {
          void openConversation(id, foundTurnId);
          onChosen();
        }}
      >
        <MessageSquare size={13} aria-hidden className="mt-1 shrink-0 text-faint" />
        <span className="min-w-0 flex-1">
          <span className={cx('block truncate text-sm', current ? 'font-medium text-ink' : 'text-ink')}>
            {title}
          </span>
          <span className="line-clamp-2 text-2xs break-words text-faint">
            {snippet ?? formatTime(updatedAtMs, nowMs())}
          </span>
        </span>
      </button>
      <span className="absolute top-1 right-1 flex rounded-md bg-raised opacity-0 group-focus-within:opacity-100 group-hover:opacity-100">
        <IconButton
          size="sm"
          label={t('Rename “{title}”', { title })}
          icon={<Pencil size={12} aria-hidden />}
          onClick={() => setRenaming(true)}
        />
        <IconButton
          size="sm"
          label={t('Remove “{title}”', { title })}
          icon={<Trash2 size={12} aria-hidden />}
          onClick={() => onRemove(conversation)}
        />
      </span>
    </li>
  );
});

function RenameRow({ id, title, onDone }: { id: string; title: string; onDone: () => void }) {
  const [text, setText] = useState(title);
  const save = (): void => {
    const typed = text.trim();
    onDone();
    if (typed !== '' && typed !== title) void rename(id, typed);
  };
  return (
    <li className="px-1 py-1">
      <Input
        autoFocus
        aria-label={t('Name of the conversation')}
        className="h-8"
        maxLength={120}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onBlur={save}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.nativeEvent.isComposing) save();
          if (event.key === 'Escape') onDone();
        }}
      />
    </li>
  );
}
