import { ChevronLeft, ChevronRight, CircleAlert, CircleStop, Info, Pencil, RotateCw } from 'lucide-react';
import { memo, useState } from 'react';

import type { ChatTurn } from '#shared/domain/assistant/assistant.ts';
import { formatAge, SECOND_MS } from '#shared/time.ts';
import { t } from '#shared/words.ts';

import { nowMs, useNow } from '../../stores/clock.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { TextArea } from '../../ui/field.tsx';
import { formatTime } from '../../ui/format.ts';
import { Spinner } from '../../ui/spinner.tsx';
import { newestEndBelow, siblingsOf } from './branches.ts';
import { Citations } from './citations.tsx';
import { retry, showBranch } from './conversation-store.ts';
import { useLiveText } from './live-texts.ts';
import { Markdown } from './markdown/markdown-view.tsx';
import { ProposalCard } from './proposal-card.tsx';
import { endWords } from './turn-words.ts';

/** Longer than this without a piece, and the wait is shown in seconds. */
const SLOW_MS = 3 * SECOND_MS;

interface TurnViewProps {
  turn: ChatTurn;
  turns: ReadonlyMap<string, ChatTurn>;
  conversationId: string;
  /** An answer is on its way in this conversation. */
  busy: boolean;
  canAsk: boolean;
  onAsk: (question: string, parentId: string | null) => void;
}

/** One thing said. Drawn again only when it, or what stands beside it, changes. */
export const TurnView = memo(function TurnView(props: TurnViewProps) {
  return props.turn.role === 'user' ? <Question {...props} /> : <Answer {...props} />;
});

function Question({ turn, turns, conversationId, busy, canAsk, onAsk }: TurnViewProps) {
  const [editing, setEditing] = useState(false);
  if (editing)
    return (
      <EditQuestion
        text={turn.content}
        onLeave={() => setEditing(false)}
        onAsk={(text) => {
          setEditing(false);
          onAsk(text, turn.parentId);
        }}
      />
    );
  return (
    <article aria-label={t('You')} className="group flex flex-col items-end gap-1">
      <p className="selectable max-w-[85%] rounded-2xl rounded-br-md bg-accent-soft px-4 py-2.5 text-sm leading-relaxed break-words whitespace-pre-wrap text-ink">
        {turn.content}
      </p>
      <div className="flex h-7 items-center gap-0.5">
        <span className="flex opacity-0 group-focus-within:opacity-100 group-hover:opacity-100">
          <CopyButton text={turn.content} label={t('Copy the question')} />
          <IconButton
            size="sm"
            label={t('Edit and ask again')}
            disabled={busy || !canAsk}
            icon={<Pencil size={13} aria-hidden />}
            onClick={() => setEditing(true)}
          />
        </span>
        <BranchSwitch turn={turn} turns={turns} conversationId={conversationId} busy={busy} />
      </div>
    </article>
  );
}

function EditQuestion({
  text: before,
  onAsk,
  onLeave,
}: {
  text: string;
  onAsk: (text: string) => void;
  onLeave: () => void;
}) {
  const [text, setText] = useState(before);
  const typed = text.trim();
  return (
    <form
      aria-label={t('Edit the question')}
      className="ml-auto flex w-[85%] flex-col gap-2 rounded-xl border border-accent bg-surface p-2.5"
      onSubmit={(event) => {
        event.preventDefault();
        if (typed !== '') onAsk(typed);
      }}
    >
      <TextArea
        autoFocus
        aria-label={t('The question')}
        maxLength={20_000}
        value={text}
        className="max-h-60 field-sizing-content"
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onLeave();
          if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
            event.preventDefault();
            if (typed !== '') onAsk(typed);
          }
        }}
      />
      <div className="flex items-center gap-2">
        <p className="flex-1 text-2xs text-faint">
          {t('What was said before stays as a branch of its own.')}
        </p>
        <Button size="sm" onClick={onLeave}>
          {t('Leave it')}
        </Button>
        <Button size="sm" type="submit" variant="primary" disabled={typed === ''}>
          {t('Ask')}
        </Button>
      </div>
    </form>
  );
}

function Answer({ turn, turns, conversationId, busy, canAsk }: TurnViewProps) {
  const text = useLiveText(turn);
  const underWay = turn.end === 'under-way';
  return (
    <article aria-label={turn.by} className="group">
      <p className="mb-1.5 flex items-baseline gap-2 text-xs font-medium text-muted">
        {turn.by}
        <span className="figures text-2xs font-normal text-faint">
          {underWay ? t('answering') : formatTime(turn.atMs, nowMs())}
        </span>
      </p>
      {text !== '' && <Markdown text={text} turn={{ conversationId, turnId: turn.id }} />}
      {underWay && text === '' && <Waiting sinceMs={turn.atMs} />}
      {turn.proposals.map((proposal) => (
        <ProposalCard
          key={proposal.id}
          proposal={proposal}
          conversationId={conversationId}
          turnId={turn.id}
        />
      ))}
      <Citations citations={turn.citations} />
      {!underWay && <HowItEnded turn={turn} />}
      {!underWay && (
        <div className="mt-1 -ml-1.5 flex h-7 items-center gap-0.5">
          {text !== '' && <CopyButton text={text} label={t('Copy the answer')} />}
          <IconButton
            size="sm"
            label={t('Ask again')}
            disabled={busy || !canAsk || turn.parentId === null}
            icon={<RotateCw size={13} aria-hidden />}
            onClick={() => turn.parentId !== null && void retry(conversationId, turn.parentId)}
          />
          <BranchSwitch turn={turn} turns={turns} conversationId={conversationId} busy={busy} />
        </div>
      )}
    </article>
  );
}

/** Where a question was edited or asked again: which of them is shown. */
function BranchSwitch({
  turn,
  turns,
  conversationId,
  busy,
}: Pick<TurnViewProps, 'turn' | 'turns' | 'conversationId' | 'busy'>) {
  const siblings = siblingsOf(turns, turn);
  if (siblings.length < 2) return null;
  const index = siblings.findIndex(({ id }) => id === turn.id);
  const show = (to: number) => (): void => {
    const sibling = siblings[to];
    if (sibling !== undefined) void showBranch(conversationId, newestEndBelow(turns, sibling.id));
  };
  return (
    <span className="figures flex items-center text-2xs text-muted">
      <IconButton
        size="sm"
        label={t('The one before')}
        disabled={index === 0 || busy}
        icon={<ChevronLeft size={13} aria-hidden />}
        onClick={show(index - 1)}
      />
      <span aria-label={t('{index} of {count}', { index: index + 1, count: siblings.length })}>
        {index + 1} / {siblings.length}
      </span>
      <IconButton
        size="sm"
        label={t('The one after')}
        disabled={index === siblings.length - 1 || busy}
        icon={<ChevronRight size={13} aria-hidden />}
        onClick={show(index + 1)}
      />
    </span>
  );
}

function Waiting({ sinceMs }: { sinceMs: number }) {
  const waitedMs = useNow(SECOND_MS) - sinceMs;
  return (
    <Spinner
      size={14}
      label={waitedMs < SLOW_MS ? t('Thinking') : t('No word yet, {age}', { age: formatAge(waitedMs) })}
    />
  );
}

function HowItEnded({ turn }: { turn: ChatTurn }) {
  const words = endWords(turn);
  if (words === null) return null;
  const failed = turn.end === 'failed' || turn.end === 'broken-off';
  const Icon = failed ? CircleAlert : turn.end === 'stopped' ? CircleStop : Info;
  return (
    <p
      role={failed ? 'alert' : undefined}
      className={`mt-2 flex items-start gap-2 rounded-md px-3 py-2 text-xs ${failed ? 'bg-danger-soft text-danger' : 'bg-raised text-muted'}`}
    >
      <Icon size={14} aria-hidden className="mt-px shrink-0" />
      <span className="selectable min-w-0 break-words">{words}</span>
    </p>
  );
}
