import { CircleAlert, CircleStop, RotateCw } from 'lucide-react';
import { memo, useLayoutEffect } from 'react';

import { formatAge, SECOND_MS } from '#shared/time.ts';

import { nowMs, useNow } from '../../stores/clock.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { formatTime } from '../../ui/format.ts';
import { Spinner } from '../../ui/spinner.tsx';
import type { Conversation } from './conversations.ts';
import { retry, useStreamText } from './conversations.ts';
import { Markdown } from './markdown.tsx';
import type { Turn } from './turns.ts';

/** Longer than this without a piece, and the wait is shown in seconds. */
const SLOW_MS = 3 * SECOND_MS;

interface TurnViewProps {
  turn: Turn;
  backendId: string;
  backendName: string;
  /** The last turn offers to be asked again. */
  last: boolean;
}

/** One thing said. Drawn once: turns do not change. */
export const TurnView = memo(function TurnView({ turn, backendId, backendName, last }: TurnViewProps) {
  if (turn.role === 'user') {
    return (
      <article aria-label="You" className="flex justify-end">
        <p className="selectable max-w-[85%] rounded-lg bg-accent-soft px-3.5 py-2 text-sm leading-relaxed break-words whitespace-pre-wrap text-ink">
          {turn.content}
        </p>
      </article>
    );
  }
  return (
    <article aria-label={backendName}>
      <Speaker name={backendName} time={formatTime(turn.atMs, nowMs())} />
      {turn.content !== '' && <Markdown text={turn.content} />}
      {turn.end !== 'complete' && <Incomplete turn={turn} />}
      <div className="mt-1.5 -ml-1.5 flex items-center gap-1">
        {turn.content !== '' && <CopyButton text={turn.content} label="Copy the answer" />}
        {last && (
          <Button
            variant={turn.end === 'failed' ? 'secondary' : 'ghost'}
            size="sm"
            icon={<RotateCw size={13} aria-hidden />}
            onClick={() => retry(backendId)}
          >
            Ask again
          </Button>
        )}
      </div>
    </article>
  );
});

interface StreamingAnswerProps {
  stream: NonNullable<Conversation['stream']>;
  backendName: string;
  /** Called after each drawing that may have made it taller. */
  onGrow: () => void;
}

/** The answer as it arrives; the only part of the conversation that is drawn again with each piece. */
export function StreamingAnswer({ stream, backendName, onGrow }: StreamingAnswerProps) {
  const text = useStreamText(stream.streamId);
  useLayoutEffect(onGrow, [text, onGrow]);
  return (
    <article aria-label={backendName} className="pb-5">
      <Speaker name={backendName} time="answering" />
      {text === '' ? <Waiting sinceMs={stream.sinceMs} /> : <Markdown text={text} />}
    </article>
  );
}

function Waiting({ sinceMs }: { sinceMs: number }) {
  const waitedMs = useNow(SECOND_MS) - sinceMs;
  return (
    <Spinner size={14} label={waitedMs < SLOW_MS ? 'Thinking' : `No word yet, ${formatAge(waitedMs)}`} />
  );
}

function Speaker({ name, time }: { name: string; time: string }) {
  return (
    <p className="mb-1 flex items-baseline gap-2 text-xs font-medium text-muted">
      {name} <span className="figures text-2xs font-normal text-faint">{time}</span>
    </p>
  );
}

function Incomplete({ turn }: { turn: Turn }) {
  const stopped = turn.end === 'stopped';
  const Icon = stopped ? CircleStop : CircleAlert;
  return (
    <p
      role={stopped ? undefined : 'alert'}
      className={`mt-2 flex items-start gap-2 rounded-md px-3 py-2 text-xs ${stopped ? 'bg-raised text-muted' : 'bg-danger-soft text-danger'}`}
    >
      <Icon size={14} aria-hidden className="mt-px shrink-0" />
      <span className="selectable break-words">
        {turn.content === '' ? 'No answer came. ' : 'This answer is incomplete. '}
        {stopped ? 'You stopped it.' : turn.trouble}
      </span>
    </p>
  );
}
