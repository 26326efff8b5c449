import { Download, ShieldCheck } from 'lucide-react';
import type { ReactNode } from 'react';

import { fileStamp } from '#shared/wall-time.ts';
import { t } from '#shared/words.ts';

import { nowMs } from '../../stores/clock.ts';
import { PracticeMark } from '../../ui/backend-tag.tsx';
import { IconButton } from '../../ui/button.tsx';
import { Select } from '../../ui/controls.tsx';
import { Menu } from '../../ui/menu.tsx';
import { saveTextFile } from '../../ui/save-file.ts';
import type { AnswererChoice } from './answerers.ts';
import type { LoadedConversation } from './conversation-store.ts';
import { beginConversation } from './conversation-store.ts';
import { toJson, toMarkdown } from './export-conversation.ts';
import { UsageLine } from './usage-line.tsx';

interface ConversationHeaderProps {
  before: ReactNode;
  conversation: LoadedConversation | null;
  choices: readonly AnswererChoice[];
  choice: AnswererChoice | undefined;
}

/** What the conversation is called, whom it asks, what it took, and how to save it. */
export function ConversationHeader({ before, conversation, choices, choice }: ConversationHeaderProps) {
  const save = (format: 'md' | 'json') => (): void => {
    if (conversation === null) return;
    const name = `conversation-${fileStamp(nowMs())}.${format}`;
    if (format === 'md') saveTextFile(name, 'text/markdown', toMarkdown(conversation, nowMs()));
    else saveTextFile(name, 'application/json', toJson(conversation, nowMs()));
  };
  return (
    <header className="flex h-12 shrink-0 items-center gap-2 border-b border-line px-4">
      {before}
      <div className="min-w-0 flex-1">
        <h1 className="truncate text-sm font-semibold text-ink">
          {conversation?.summary.title ?? t('Assistant')}
        </h1>
        {conversation === null ? (
          <p className="flex items-center gap-1.5 truncate text-2xs text-muted">
            <ShieldCheck size={12} aria-hidden className="shrink-0 text-ok" />
            {t('It answers and proposes. It cannot act.')}
          </p>
        ) : (
          <UsageLine summary={conversation.summary} />
        )}
      </div>
      {choice?.backend?.practice === true && <PracticeMark />}
      <Select
        aria-label={t('Who is asked')}
        size="sm"
        className="max-w-52"
        value={choice?.value ?? ''}
        placeholder={t('Gone')}
        onChange={(value) => {
          const next = choices.find((one) => one.value === value);
          if (next !== undefined && next.value !== choice?.value) beginConversation(next.answerer);
        }}
        options={choices.map(({ value, label }) => ({ value, label }))}
      />
      <Menu
        label={t('Save this conversation')}
        items={[
          { id: 'md', label: t('Save as Markdown'), onSelect: save('md') },
          { id: 'json', label: t('Save as JSON'), onSelect: save('json') },
        ]}
      >
        <IconButton
          label={t('Save this conversation')}
          icon={<Download size={15} aria-hidden />}
          disabled={conversation === null}
        />
      </Menu>
    </header>
  );
}
