import { ChevronRight, TriangleAlert } from 'lucide-react';
import { useCallback, useEffect, useMemo, useState } from 'react';

import { subjectOf } from '#shared/domain/backends/act-freshness.ts';
import type { ActDescriptor, BackendConfig, RiskEffect } from '#shared/domain/backends/backend.ts';
import type { CommandOrigin, CommandOutcome } from '#shared/domain/command.ts';
import { t } from '#shared/words.ts';

import { isPlayback } from '../../stores/own-place.ts';
import { useReduceOnlyOn } from '../../stores/reduce-only.ts';
import { pastReason } from '../../stores/refuse-past.ts';
import { useAct } from '../../stores/use-act.ts';
import type { Tone } from '../../ui/badge.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { FieldForm } from '../../ui/field-form.tsx';
import type { FieldParams, FieldTexts } from '../../ui/field-values.ts';
import { textsOf } from '../../ui/field-values.ts';
import { Spinner } from '../../ui/spinner.tsx';
import { PastNote } from '../playback/past-note.tsx';
import { DetailResult } from './detail-result.tsx';
import { NO_FIGURES } from './member-figure.ts';
import { fieldsWithThings, readThings } from './things.ts';

interface ActPanelProps {
  backend: BackendConfig;
  act: ActDescriptor;
  origin: CommandOrigin;
  /** What is known of its parameters from where the person came. */
  known?: FieldTexts;
  /** Parameters that are settled by what the act is about: they are not asked for and go with it. */
  fixed?: FieldParams;
  /**
   * Ends it, where it stands over the thing that it is about: it is done once, so what was confirmed is not offered again, and where no
   * parameter is asked for its question stands there at once, whose "No" leaves.
   */
  onLeave?: () => void;
  /** Told what would be sent now, for checks that are shown beside the form. */
  onParams?: (params: FieldParams | null) => void;
  /** Told what was sent. */
  onSent?: (params: FieldParams) => void;
}

const NOTHING_FIXED: FieldParams = {};
const NOTHING_ASKED: FieldParams = {};

const RISK: Record<RiskEffect, { word: string; tone: Tone }> = {
  adds: { word: t('Can add risk'), tone: 'warn' },
  reduces: { word: t('Reduces risk'), tone: 'ok' },
  neutral: { word: t('Does not change risk'), tone: 'neutral' },
};

/** Something a backend can be told: its parameters, the question before it is sent, and what became of it. */
export function ActPanel({
  backend,
  act,
  origin,
  known,
  fixed = NOTHING_FIXED,
  onLeave,
  onParams,
  onSent,
}: ActPanelProps) {
  const [params] = useState(() => fieldsWithThings(act, backend.id, readThings(), known));
  const fields = useMemo(() => params.filter(({ name }) => !(name in fixed)), [params, fixed]);
  const [current, setCurrent] = useState<FieldParams | null>(null);
  const subject = subjectOf(act, { ...known, ...current, ...fixed });
  const reduceOnly = useReduceOnlyOn(backend.id, subject);
  const noteParams = useCallback(
    (params: FieldParams | null) => {
      setCurrent(params);
      onParams?.(params);
    },
    [onParams],
  );
  const run = useAct(backend.id, act.id, origin);
  const { state } = run;
  const asksAtOnce = onLeave !== undefined && fields.length === 0 && act.confirm !== undefined;
  const [asked, setAsked] = useState<FieldParams | null>(asksAtOnce ? NOTHING_ASKED : null);
  const goBack = (): void => {
    if (asksAtOnce) onLeave();
    else run.reset();
  };
  const isWarned = state.phase === 'settled' && state.warnings.length > 0;
  // A form tells it by itself.
  useEffect(() => {
    if (asksAtOnce) noteParams(NOTHING_ASKED);
  }, [asksAtOnce, noteParams]);
  /** What the form held when it was last left: it comes back with that after a "no" and after a refusal. */
  const [typed, setTyped] = useState<FieldTexts | undefined>(known);
  const codeField = act.params.find(({ type }) => type === 'one-time-code')?.name ?? 'mfaCode';
  const isLast = onLeave !== undefined && (asksAtOnce ? state.phase !== 'idle' : isOver(state));
  const send = (params: FieldParams): void => {
    setAsked(null);
    onSent?.(params);
    run.submit({ ...params, ...fixed });
  };

  return (
    <div className="flex max-w-xl flex-col gap-4">
      <p className="flex flex-wrap items-center gap-2">
        <Badge tone={RISK[act.risk].tone}>{RISK[act.risk].word}</Badge>
        {reduceOnly !== null && !isPlayback && (
          <span className={act.risk === 'adds' ? 'text-xs text-danger' : 'text-xs text-warn'}>
            {act.risk === 'adds'
              ? t('Not possible now: {reduceOnly}.', { reduceOnly })
              : t('Stays possible: {reduceOnly}.', { reduceOnly })}
          </span>
        )}
      </p>
      {isPlayback && <PastNote>{pastReason()}</PastNote>}
      {!isPlayback && state.phase !== 'sending' && asked === null && !isWarned && !isLast && (
        <FieldForm
          fields={fields}
          backendId={backend.id}
          inline={fields.length === 0}
          onParams={noteParams}
          {...(typed === undefined ? {} : { known: typed })}
          submitLabel={act.confirm === undefined ? act.label : t('Go on')}
          onSubmit={(params) => {
            run.reset();
            setTyped({ ...known, ...textsOf(fields, params) });
            if (act.confirm === undefined) send(params);
            else setAsked(params);
          }}
        />
      )}
      {!isPlayback && asked !== null && (
        <Question
          text={act.confirm ?? ''}
          params={asked}
          yes={t('{label} on {name}', { label: act.label, name: backend.name })}
          onNo={() => (asksAtOnce ? onLeave() : setAsked(null))}
          onYes={() => send(asked)}
        />
      )}
      {state.phase === 'sending' && <Spinner size={14} label={t('Checking, sending, reading back')} />}
      {state.phase === 'lost' && (
        <Question
          text={t(
            'The answer did not arrive: {message} It may have been done. Asking again does not do it twice.',
            { message: state.message },
          )}
          yes={t('Ask what became of it')}
          onNo={goBack}
          onYes={() => run.askAgain()}
        />
      )}
      {isWarned && (
        <Question
          text={state.warnings.map(({ label, detail }) => `${label}: ${detail}`).join('\n')}
          yes={t('Send it all the same')}
          onNo={goBack}
          onYes={() => run.acceptWarnings()}
        />
      )}
      {state.phase === 'settled' && state.outcome.status === 'needs-code' && (
        <FieldForm
          fields={[
            {
              name: codeField,
              label: t('One-time code'),
              type: 'one-time-code',
              required: true,
              help: state.outcome.message,
            },
          ]}
          submitLabel={t('Send with this code')}
          autoFocus
          onSubmit={({ [codeField]: code }) => run.giveCode(codeField, typeof code === 'string' ? code : '')}
        />
      )}
      {state.phase === 'settled' && !isWarned && state.outcome.status !== 'needs-code' && (
        <>
          <Outcome outcome={state.outcome} figures={act.figures} isFolded={onLeave !== undefined} />
          {onLeave !== undefined && (
            <Button autoFocus className="self-end" onClick={onLeave}>
              {t('Close')}
            </Button>
          )}
        </>
      )}
    </div>
  );
}

/** It was sent, and nothing the person could change would make another attempt of it. */
const isOver = (state: ReturnType<typeof useAct>['state']): boolean =>
  state.phase === 'settled' &&
  (state.outcome.status === 'confirmed' || state.outcome.status === 'unconfirmed');

interface QuestionProps {
  text: string;
  params?: FieldParams;
  yes: string;
  onNo: () => void;
  onYes: () => void;
}

/** Asked before something is sent. "No" has the focus. */
function Question({ text, params, yes, onNo, onYes }: QuestionProps) {
  return (
    <div
      role="alertdialog"
      aria-label={t('Please confirm')}
      className="rounded-md border border-warn/50 bg-warn-soft p-3.5"
    >
      <p className="flex items-start gap-2 text-sm leading-relaxed whitespace-pre-line text-ink">
        <TriangleAlert size={15} aria-hidden className="mt-0.5 shrink-0 text-warn" />
        {text}
      </p>
      {params !== undefined && Object.keys(params).length > 0 && (
        <div className="mt-3 bg-surface">
          <DetailResult value={params} />
        </div>
      )}
      <div className="mt-3 flex justify-end gap-2">
        <Button autoFocus onClick={onNo}>
          {t('No')}
        </Button>
        <Button variant="primary" onClick={onYes}>
          {yes}
        </Button>
      </div>
    </div>
  );
}

const WORDS: Record<CommandOutcome['status'], { word: string; tone: Tone; help: string }> = {
  confirmed: { word: t('Confirmed'), tone: 'ok', help: t('It was done, and reading it back shows it.') },
  unconfirmed: {
    word: t('Unconfirmed'),
    tone: 'warn',
    help: t('It was sent. Whether it was done is not known: this is neither success nor failure.'),
  },
  rejected: { word: t('Refused'), tone: 'danger', help: t('The backend refused it.') },
  blocked: { word: t('Not sent'), tone: 'danger', help: t('Quarterdeck did not send it.') },
  'needs-code': { word: t('Needs a code'), tone: 'warn', help: '' },
};

/** What became of it. The answer itself is folded where it is about a thing that shows what it did. */
function Outcome({
  outcome,
  figures = NO_FIGURES,
  isFolded,
}: {
  outcome: CommandOutcome;
  figures: ActDescriptor['figures'];
  isFolded: boolean;
}) {
  const { word, tone, help } = WORDS[outcome.status];
  return (
    <div role="status" className="flex flex-col gap-2.5 rounded-md border border-line p-3.5">
      <p className="flex items-start gap-2.5 text-sm">
        <Badge tone={tone}>{word}</Badge>
        <span className="selectable min-w-0 break-words text-ink">{outcome.message}</span>
      </p>
      <p className="text-xs text-muted">{help}</p>
      {outcome.checks
        .filter(({ verdict }) => verdict === 'block')
        .map(({ id, label, detail }) => (
          <p key={id} className="text-xs text-danger">
            {label}: {detail}
          </p>
        ))}
      {outcome.result !== null &&
        (isFolded ? (
          <details className="group">
            <summary className="flex w-fit cursor-default items-center gap-1 rounded-sm text-xs text-muted hover:text-ink">
              <ChevronRight size={13} aria-hidden className="transition-transform group-open:rotate-90" />
              {t('What the backend answered')}
            </summary>
            <div className="mt-1.5">
              <DetailResult value={outcome.result} figures={figures} />
            </div>
          </details>
        ) : (
          <DetailResult value={outcome.result} figures={figures} />
        ))}
    </div>
  );
}
