import { useMemo, useRef, useState } from 'react';

import type { PanicTarget } from '#shared/domain/panic/kill-switch.ts';
import { RESUME_WORD } from '#shared/domain/panic/kill-switch.ts';
import { t } from '#shared/words.ts';

import { describeError, request } from '../../bridge.ts';
import { useSlice } from '../../stores/desk.ts';
import { useBackend } from '../../stores/kinds.ts';
import { toast } from '../../stores/toasts.ts';
import { setResumeOpen } from '../../stores/ui.ts';
import { BackendTag } from '../../ui/backend-tag.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, Input } from '../../ui/field.tsx';
import { OpenExposure } from './open-exposure.tsx';
import { resumeWords, wordOf } from './panic-words.ts';

/** Asks for a typed word, under the list of what can trade again (K7). */
export function ResumeQuestion({ targets }: { targets: readonly PanicTarget[] }) {
  const [word, setWord] = useState('');
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const ready = word.trim() === RESUME_WORD;

  async function resume(): Promise<void> {
    setBusy(true);
    setTrouble(null);
    try {
      const answer = await request('panic.resume', { typedWord: word.trim() });
      if (answer.resumed) {
        toast.success(t('Resumed'), { description: answer.message });
        setResumeOpen(false);
      } else {
        setTrouble(answer.message);
      }
    } catch (error) {
      setTrouble(describeError(error));
    } finally {
      setBusy(false);
    }
  }

  return (
    <Dialog
      open
      onOpenChange={setResumeOpen}
      title={t('Resume trading?')}
      description={t(
        'These backends will be able to trade again at once. Nothing is started, approved or sent by itself.',
      )}
      initialFocus={input}
      footer={
        <>
          <Button onClick={() => setResumeOpen(false)}>{t('Stay halted')}</Button>
          <Button type="submit" form="resume-form" variant="primary" disabled={!ready} busy={busy}>
            {t('Resume')}
          </Button>
        </>
      }
    >
      <ul className="mb-4 flex flex-col divide-y divide-line rounded-lg border border-line bg-canvas">
        {targets.map((target) => (
          <ResumeRow key={target.backendId} target={target} />
        ))}
        {targets.length === 0 && (
          <li className="px-3 py-2 text-xs text-muted">{t('No backend was halted.')}</li>
        )}
      </ul>
      {trouble !== null && (
        <p
          role="alert"
          className="selectable mb-4 rounded-md border border-danger/40 bg-danger-soft px-3 py-2 text-xs leading-relaxed text-danger"
        >
          {trouble}
        </p>
      )}
      <form
        id="resume-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready && !busy) void resume();
        }}
      >
        <Field label={t('Type {resumeWord} to go on', { resumeWord: RESUME_WORD })}>
          {(aria) => (
            <Input
              {...aria}
              ref={input}
              value={word}
              onChange={(event) => setWord(event.target.value)}
              className="max-w-48 font-mono tracking-widest"
            />
          )}
        </Field>
      </form>
    </Dialog>
  );
}

function ResumeRow({ target }: { target: PanicTarget }) {
  const { config, kind } = useBackend(target.backendId);
  const approvals = useSlice('approvals');
  const waiting = useMemo(
    () =>
      [...approvals.values()].filter(
        (approval) => approval.backendId === target.backendId && approval.status === 'pending',
      ).length,
    [approvals, target.backendId],
  );
  const { word, tone } = wordOf(target.state, config?.watchesOnly === true);
  const again = resumeWords(target.state, kind?.panic.resumes ?? []);
  return (
    <li className="flex flex-col gap-1.5 px-3 py-2.5 text-xs leading-snug">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <BackendTag backendId={target.backendId} className="text-sm font-medium !text-ink" />
        <Badge tone={tone}>{word}</Badge>
        {waiting > 0 && (
          <span className="figures ml-auto text-muted">
            {t('{waiting} {waiting, plural, one {proposal} other {proposals}} waiting', { waiting })}
          </span>
        )}
      </div>
      <ul className="flex flex-col gap-0.5 text-ink/80">
        {again.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <OpenExposure backendId={target.backendId} />
    </li>
  );
}
