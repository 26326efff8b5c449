import { TriangleAlert } from 'lucide-react';
import { useCallback, useEffect, useMemo } from 'react';

import type {
  BackendConfig,
  BackendKindDescriptor,
  ReadDescriptor,
} from '#shared/domain/backends/backend.ts';
import { formatAge, SECOND_MS } from '#shared/time.ts';
import { pastRefusal } from '#shared/ipc/past-requests.ts';
import { t } from '#shared/words.ts';

import { useNow } from '../../stores/clock.ts';
import { isPlayback } from '../../stores/own-place.ts';
import { Age } from '../../ui/age.tsx';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { FieldForm } from '../../ui/field-form.tsx';
import type { FieldTexts } from '../../ui/field-values.ts';
import { initialTexts, parseFieldTexts } from '../../ui/field-values.ts';
import { Spinner } from '../../ui/spinner.tsx';
import { ErrorState } from '../../ui/states.tsx';
import { Sentence, slot } from '../../ui/sentence.tsx';
import { PastNote } from '../playback/past-note.tsx';
import type { Offer } from './abilities.ts';
import { isAskedAtOnce, rowOffers } from './abilities.ts';
import type { ReadRun } from './reads.ts';
import { leaveRead, runRead, useReadRun, wasNeverAsked } from './reads.ts';
import type { JsonObject } from './result-shape.ts';
import { ResultView } from './result-view.tsx';
import { fieldsWithThings, readThings } from './things.ts';

interface ReadPanelProps {
  backend: BackendConfig;
  kind: BackendKindDescriptor;
  read: ReadDescriptor;
  /** What is known of its parameters from where the person came. */
  known?: FieldTexts;
  onOffer: (offer: Offer) => void;
}

const NOTHING_KNOWN: FieldTexts = {};

/** One question to a backend: its parameters, its caution, the answer in the view that fits, and how old it is. */
export function ReadPanel({ backend, kind, read, known = NOTHING_KNOWN, onOffer }: ReadPanelProps) {
  const run = useReadRun(backend.id, read.id);
  const inline =
    read.params.length <= 3 && read.params.every(({ type }) => type !== 'json' && type !== 'long-text');
  const fields = useMemo(
    () => fieldsWithThings(read, backend.id, readThings(), known),
    [read, backend.id, known],
  );
  const offersOf = useCallback((row: JsonObject) => rowOffers(kind, read, row), [kind, read]);

  // Coming with a row in hand asks about that row; otherwise only what was never asked is asked.
  useEffect(() => {
    const brought = known !== NOTHING_KNOWN;
    if (isPlayback || !read.free || !(brought || (isAskedAtOnce(read) && wasNeverAsked(backend.id, read.id))))
      return;
    const parsed = parseFieldTexts(read.params, initialTexts(read.params, known));
    if (parsed.ok) void runRead(backend.id, read.id, parsed.params);
  }, [backend.id, read, known]);

  if (isPlayback) return <PastNote>{pastRefusal('backends.read') ?? ''}</PastNote>;
  return (
    <div className="flex flex-col gap-4">
      {read.caution !== undefined && (
        <p className="flex items-start gap-2 rounded-md bg-warn-soft px-3 py-2 text-xs leading-relaxed text-warn">
          <TriangleAlert size={14} aria-hidden className="mt-0.5 shrink-0" />
          {read.caution}
        </p>
      )}
      {read.params.length > 0 ? (
        <div className={inline ? undefined : 'max-w-md'}>
          <FieldForm
            inline={inline}
            key={`${read.id}/${JSON.stringify(known)}`}
            fields={fields}
            backendId={backend.id}
            known={known}
            submitLabel={run.answer === null ? t('Ask') : t('Ask again')}
            busy={run.running !== null}
            onSubmit={(params) => void runRead(backend.id, read.id, params)}
          />
        </div>
      ) : (
        (run.answer === null || !read.free) &&
        !isAskedAtOnce(read) && (
          <Button
            variant="primary"
            className="self-start"
            busy={run.running !== null}
            onClick={() => void runRead(backend.id, read.id, {})}
          >
            {read.free ? t('Ask') : t('Ask all the same')}
          </Button>
        )
      )}
      <Progress run={run} onLeave={() => leaveRead(backend.id, read.id)} />
      {run.trouble !== null && (
        <ErrorState
          title={t('{name} did not answer this', { name: backend.name })}
          message={run.trouble}
          {...(read.free ? { onRetry: () => void runRead(backend.id, read.id, run.params) } : {})}
          className="rounded-md border border-line !py-6"
        />
      )}
      {run.answer !== null && (
        <>
          <div className="-mb-2 flex items-center gap-2 text-xs text-faint">
            <span>
              <Sentence
                text={t('Asked {age}', { age: slot('age') })}
                parts={{ age: <Age atMs={run.answer.atMs} as="ago" /> }}
              />
              {run.answer.tookMs >= SECOND_MS && t(', took {age}', { age: formatAge(run.answer.tookMs) })}
            </span>
            {read.free && read.params.length === 0 && (
              <Button
                size="sm"
                variant="ghost"
                busy={run.running !== null}
                onClick={() => void runRead(backend.id, read.id, {})}
              >
                {t('Ask again')}
              </Button>
            )}
            <CopyButton
              text={JSON.stringify(run.answer.value, null, 2)}
              label={t('Copy the answer as JSON')}
              className="ml-auto"
            />
          </div>
          <ResultView
            view={read.view}
            label={read.label}
            name={read.id}
            value={run.answer.value}
            figures={read.figures}
            backendId={backend.id}
            offersOf={offersOf}
            onOffer={onOffer}
          />
        </>
      )}
    </div>
  );
}

/** What takes longer than a second says so, counts, and can be left. */
function Progress({ run, onLeave }: { run: ReadRun; onLeave: () => void }) {
  const now = useNow(SECOND_MS);
  if (run.running === null) return null;
  const waitedMs = now - run.running.sinceMs;
  return (
    <div className="flex h-7 items-center gap-3">
      <Spinner
        size={14}
        label={waitedMs < SECOND_MS ? t('Asking') : t('Asking, {age}', { age: formatAge(waitedMs) })}
      />
      {waitedMs >= SECOND_MS && (
        <Button size="sm" onClick={onLeave}>
          {t('Stop waiting')}
        </Button>
      )}
    </div>
  );
}
