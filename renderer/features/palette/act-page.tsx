import { TriangleAlert } from 'lucide-react';
import { useState } from 'react';

import type { CommandOutcome } from '#shared/domain/command.ts';

import { useAct } from '../../stores/use-act.ts';
import type { Tone } from '../../ui/badge.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { FieldForm } from '../../ui/field-form.tsx';
import type { FieldParams } from '../../ui/field-values.ts';
import { Spinner } from '../../ui/spinner.tsx';
import { PageFrame } from './page-frame.tsx';
import type { Page } from './palette-items.ts';

interface ActPageProps {
  page: Extract<Page, { kind: 'act' }>;
  onBack: () => void;
}

/** An act of a backend, its parameters asked here, sent through the command door. */
export function ActPage({ page: { backend, act }, onBack }: ActPageProps) {
  const run = useAct(backend.id, act.id, 'palette');
  const [asking, setAsking] = useState<FieldParams | null>(null);
  const { state } = run;
  const codeField = act.params.find((field) => field.type === 'one-time-code')?.name ?? 'mfaCode';
  return (
    <PageFrame title={act.label} help={act.help} backendId={backend.id} onBack={onBack}>
      {state.phase === 'idle' && asking === null && (
        <FieldForm
          fields={act.params}
          submitLabel={act.confirm === undefined ? act.label : 'Go on'}
          autoFocus
          onSubmit={(params) => (act.confirm === undefined ? run.submit(params) : setAsking(params))}
        />
      )}
      {state.phase === 'idle' && asking !== null && (
        <Question
          text={act.confirm ?? ''}
          yes={act.label}
          onNo={() => setAsking(null)}
          onYes={() => run.submit(asking)}
        />
      )}
      {state.phase === 'sending' && <Spinner label="Checks, sends and reads back" />}
      {state.phase === 'lost' && (
        <Question
          text={`The answer did not arrive: ${state.message}`}
          yes="Ask what became of it"
          onNo={onBack}
          onYes={run.askAgain}
        />
      )}
      {state.phase === 'settled' && state.warnings.length > 0 && (
        <Question
          text={state.warnings.map((warning) => `${warning.label}: ${warning.detail}`).join('\n')}
          yes="Send it all the same"
          onNo={onBack}
          onYes={run.acceptWarnings}
        />
      )}
      {state.phase === 'settled' && state.outcome.status === 'needs-code' && (
        <FieldForm
          fields={[
            {
              name: codeField,
              label: 'One-time code',
              type: 'one-time-code',
              required: true,
              help: state.outcome.message,
            },
          ]}
          submitLabel="Send with this code"
          autoFocus
          onSubmit={({ [codeField]: code }) => {
            if (typeof code === 'string') run.giveCode(codeField, code);
          }}
        />
      )}
      {state.phase === 'settled' && state.warnings.length === 0 && state.outcome.status !== 'needs-code' && (
        <Outcome outcome={state.outcome} onAgain={run.reset} />
      )}
    </PageFrame>
  );
}

function Question({
  text,
  yes,
  onNo,
  onYes,
}: {
  text: string;
  yes: string;
  onNo: () => void;
  onYes: () => void;
}) {
  return (
    <div className="flex flex-col gap-3">
      <p className="flex gap-2 rounded-lg border border-warn/40 bg-warn-soft p-3 text-sm whitespace-pre-line text-ink">
        <TriangleAlert size={15} aria-hidden className="mt-0.5 shrink-0 text-warn" />
        {text}
      </p>
      <div className="flex justify-end gap-2">
        <Button autoFocus onClick={onNo}>
          No
        </Button>
        <Button variant="primary" onClick={onYes}>
          {yes}
        </Button>
      </div>
    </div>
  );
}

function Outcome({ outcome, onAgain }: { outcome: CommandOutcome; onAgain: () => void }) {
  const { word, tone } = words[outcome.status];
  const blocking = outcome.checks.filter((check) => check.verdict === 'block');
  return (
    <div role="status" className="flex flex-col gap-3 text-sm">
      <p className="flex items-start gap-2">
        <Badge tone={tone}>{word}</Badge>
        <span className="selectable text-ink">{outcome.message}</span>
      </p>
      {blocking.map((check) => (
        <p key={check.id} className="text-xs text-danger">
          {check.label}: {check.detail}
        </p>
      ))}
      {outcome.result !== null && (
        <pre className="selectable max-h-60 overflow-auto rounded-lg border border-line bg-canvas p-3 font-mono text-xs text-muted">
          {JSON.stringify(outcome.result, null, 2)}
        </pre>
      )}
      <Button className="self-end" onClick={onAgain}>
        Do it again
      </Button>
    </div>
  );
}

const words: Record<CommandOutcome['status'], { word: string; tone: Tone }> = {
  confirmed: { word: 'Confirmed', tone: 'ok' },
  unconfirmed: { word: 'Unconfirmed', tone: 'warn' },
  rejected: { word: 'Refused', tone: 'danger' },
  blocked: { word: 'Not sent', tone: 'danger' },
  'needs-code': { word: 'Needs a code', tone: 'warn' },
};
