import { useState } from 'react';

import type { ActDescriptor, BackendConfig } from '#shared/domain/backends/backend.ts';
import { t } from '#shared/words.ts';

import { BackendTag } from '../../ui/backend-tag.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import type { FieldParams, FieldTexts } from '../../ui/field-values.ts';
import { Segmented } from '../../ui/tabs.tsx';
import { ChecksList } from '../approvals/checks-list.tsx';
import { ActPanel } from './act-panel.tsx';
import { useActChecks } from './use-act-checks.ts';

interface ActDialogProps {
  backend: BackendConfig;
  /** The act, or the ways to do the same thing of which the person takes one. */
  acts: readonly ActDescriptor[];
  /** Which of them it opens with; the first where it is left out. */
  startWith?: string;
  /** What it is about, in the title: "Momentum". */
  about: string;
  /** The parameters that name the thing, by act. They are not asked for. */
  fixedFor: (act: ActDescriptor) => FieldParams;
  /** What is known of the other parameters, by act. */
  knownFor?: (act: ActDescriptor) => FieldTexts;
  onSent?: (act: ActDescriptor, params: FieldParams) => void;
  onClose: () => void;
}

/** An act on one thing: its form or its question, the door's checks as they stand now, and what became of it. */
export function ActDialog({
  backend,
  acts,
  startWith,
  about,
  fixedFor,
  knownFor,
  onSent,
  onClose,
}: ActDialogProps) {
  const [chosen, setChosen] = useState(startWith ?? acts[0]?.id ?? '');
  const act = acts.find(({ id }) => id === chosen) ?? acts[0];
  if (act === undefined) return null;
  const title = acts.length === 1 ? `${act.label}: ${about}` : about;
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={title} description={act.help}>
      <div className="mb-3 flex flex-wrap items-center gap-3">
        {acts.length > 1 && (
          <Segmented
            label={t('How')}
            value={act.id}
            onChange={setChosen}
            options={acts.map(({ id, label }) => ({ value: id, label }))}
          />
        )}
        <BackendTag backendId={backend.id} className="ml-auto" />
      </div>
      <ActBody
        key={act.id}
        backend={backend}
        act={act}
        fixed={fixedFor(act)}
        known={knownFor?.(act) ?? {}}
        onSent={(params) => onSent?.(act, params)}
        onClose={onClose}
      />
    </Dialog>
  );
}

interface ActBodyProps {
  backend: BackendConfig;
  act: ActDescriptor;
  fixed: FieldParams;
  known: FieldTexts;
  onSent: (params: FieldParams) => void;
  onClose: () => void;
}

function ActBody({ backend, act, fixed, known, onSent, onClose }: ActBodyProps) {
  // As they were when the form was opened: a form whose fields change under the hand loses what was typed.
  const [opened] = useState({ fixed, known });
  const [params, setParams] = useState<FieldParams | null>(null);
  const [sent, setSent] = useState(false);
  const { checks, trouble } = useActChecks(
    backend.id,
    act.id,
    params === null || sent ? null : { ...params, ...opened.fixed },
  );
  return (
    <>
      <ActPanel
        backend={backend}
        act={act}
        origin="window"
        known={opened.known}
        fixed={opened.fixed}
        onLeave={onClose}
        onParams={setParams}
        onSent={(given) => {
          setSent(true);
          onSent(given);
        }}
      />
      {!sent && params !== null && (
        <section aria-label={t('Checks')} className="mt-4 border-t border-line pt-3">
          <h3 className="label mb-1.5">{t('Checks before it is sent')}</h3>
          <ChecksList checks={checks} trouble={trouble} />
        </section>
      )}
    </>
  );
}
