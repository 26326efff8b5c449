import { ChevronDown, ChevronUp, OctagonX, ShieldAlert, TriangleAlert } from 'lucide-react';
import { useState } from 'react';

import type { PanicSummary } from '#shared/domain/derive.ts';
import type { PanicState, PanicTarget } from '#shared/domain/panic/kill-switch.ts';
import { t } from '#shared/words.ts';

import { usePanic } from '../../stores/derived.ts';
import { useEntry, useSlice, useSliceValues } from '../../stores/desk.ts';
import { useBackend } from '../../stores/kinds.ts';
import { setPanicOpen, setResumeOpen } from '../../stores/ui.ts';
import { byActor } from '../../ui/actor-name.ts';
import { Age } from '../../ui/age.tsx';
import { BackendTag } from '../../ui/backend-tag.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { Sentence, slot } from '../../ui/sentence.tsx';
import { PanicBoard } from './panic-board.tsx';
import { panicHeadline, pressWords, wordOf } from './panic-words.ts';

/** Under the bar while the desk's panic is latched, or while a backend is halted by someone else. */
export function PanicBanner() {
  const { state, summary } = usePanic();
  if (state === undefined || state.kind === 'clear') return <HaltedElsewhere />;
  return <LatchedBanner key={state.id} state={state} summary={summary} />;
}

interface LatchedBannerProps {
  state: Extract<PanicState, { kind: 'latched' }>;
  summary: PanicSummary;
}

/** Opens with every backend in it, and stays so until the person folds it: nothing jumps while somebody reads. */
function LatchedBanner({ state, summary }: LatchedBannerProps) {
  const [isOpen, setIsOpen] = useState(!summary.allConfirmed);
  const backends = useSlice('backends');
  const nameOf = (backendId: string): string => backends.get(backendId)?.name ?? backendId;
  // All halts may be confirmed while something goes on that takes none.
  const beyond = state.targets
    .filter(
      ({ state: target, backendId }) =>
        target === 'not-supported' && backends.get(backendId)?.watchesOnly !== true,
    )
    .map(({ backendId }) => nameOf(backendId));
  return (
    <section
      role="alert"
      aria-label={t('Panic')}
      // The ages and values in it move every second; only the headline is read out when it changes.
      aria-live="off"
      className={cx(
        // Enlarged to twice its size in a small window it leaves room for the place below it.
        'shrink-0 border-b-2 border-danger-fill bg-danger-soft max-[40rem]:max-h-[45vh] max-[40rem]:overflow-y-auto',
        !summary.allConfirmed && 'border-b-4',
      )}
    >
      <div className="flex items-center gap-x-3 gap-y-2 px-4 pt-2.5 pb-2 max-[40rem]:flex-wrap">
        <OctagonX size={20} strokeWidth={2.25} aria-hidden className="shrink-0 text-danger" />
        <div className="min-w-0 max-[40rem]:flex-1 max-[40rem]:basis-56">
          <p aria-live="assertive" className="text-base leading-snug font-bold text-danger">
            {t('PANIC is on. {summary}', { summary: panicHeadline(summary, nameOf) })}
          </p>
          <p className="text-xs text-ink/80">
            {state.because !== undefined && <strong className="font-semibold">{state.because} </strong>}
            <Sentence
              text={t('On for {age}, {presses}.', { age: slot('age'), presses: slot('presses') })}
              parts={{
                age: <Age atMs={state.sinceMs} className="!text-current" />,
                presses: pressWords(state),
              }}
            />{' '}
            {summary.reasserted > 0 &&
              `${t('Backends lifted it by themselves {what} and were halted again.', { what: summary.reasserted === 1 ? t('once') : t('{reasserted} times', { reasserted: summary.reasserted }) })} `}
            {beyond.length > 0 && (
              <strong className="font-semibold">
                {t('{list} cannot be halted from here and may go on.', { list: beyond.join(', ') })}{' '}
              </strong>
            )}
            {t('Nothing that adds risk is sent until you resume.')}
          </p>
        </div>
        <div className="ml-auto flex shrink-0 items-center gap-2">
          <Button
            size="sm"
            variant="ghost"
            aria-expanded={isOpen}
            icon={isOpen ? <ChevronUp size={14} aria-hidden /> : <ChevronDown size={14} aria-hidden />}
            onClick={() => setIsOpen(!isOpen)}
          >
            {isOpen ? t('Fold') : t('Each backend')}
          </Button>
          <Button size="sm" variant="danger-quiet" onClick={() => setPanicOpen(true)}>
            {t('Halt again')}
          </Button>
          <Button acts size="sm" onClick={() => setResumeOpen(true)}>
            {t('Resume…')}
          </Button>
        </div>
      </div>
      {!state.durable && (
        <p className="flex items-center gap-1.5 px-4 pb-2 text-xs font-semibold text-danger">
          <TriangleAlert size={13} aria-hidden className="shrink-0" />{' '}
          {t(
            'NOT DURABLE: the halt was sent but could not be written to disk. After a restart it may be forgotten here.',
          )}
        </p>
      )}
      {isOpen ? <PanicBoard targets={state.targets} /> : <TargetLine targets={state.targets} />}
    </section>
  );
}

/** All backends on one line. */
function TargetLine({ targets }: { targets: readonly PanicTarget[] }) {
  return (
    <ul aria-label={t('Each backend')} className="flex flex-wrap gap-x-4 gap-y-1 px-4 pb-2">
      {targets.map((target) => (
        <TargetMark key={target.backendId} target={target} />
      ))}
    </ul>
  );
}

function TargetMark({ target }: { target: PanicTarget }) {
  const { config } = useBackend(target.backendId);
  const { word, tone } = wordOf(target.state, config?.watchesOnly === true);
  return (
    <li className="flex items-center gap-1.5">
      <BackendTag backendId={target.backendId} className="!text-ink" />
      <Badge tone={tone}>{word}</Badge>
    </li>
  );
}

/** A halt that this desk did not make: it shows, but it is not ours to fight over (K12, K14). */
function HaltedElsewhere() {
  const halted = useSliceValues('killSwitches').filter((killSwitch) => killSwitch.enabled === true);
  if (halted.length === 0) return null;
  return (
    <section aria-label={t('Halted backends')} className="shrink-0 border-b border-danger/50 bg-danger-soft">
      {halted.map((killSwitch) => (
        <p key={killSwitch.backendId} className="flex min-h-9 items-center gap-2 px-4 py-1 text-xs text-ink">
          <ShieldAlert size={15} aria-hidden className="shrink-0 text-danger" />
          <BackendName backendId={killSwitch.backendId} />
          <span className="selectable min-w-0 truncate">
            {t('is halted{what}{what2}', {
              what: byActor(killSwitch.setBy),
              what2: killSwitch.reason === null ? '.' : `: ${killSwitch.reason}`,
            })}
          </span>
          {killSwitch.changedAtMs !== null && <Age atMs={killSwitch.changedAtMs} as="ago" />}
          <span className="ml-auto shrink-0 text-muted">{t('Not by this desk.')}</span>
        </p>
      ))}
    </section>
  );
}

function BackendName({ backendId }: { backendId: string }) {
  return <span className="font-semibold">{useEntry('backends', backendId)?.name ?? backendId}</span>;
}
