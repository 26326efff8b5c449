import { useEffect, useState } from 'react';

import type { RequestResult } from '#shared/ipc/contract.ts';

import { describeError, request } from '../../bridge.ts';
import { FieldForm } from '../../ui/field-form.tsx';
import type { FieldParams } from '../../ui/field-values.ts';
import { Spinner } from '../../ui/spinner.tsx';
import { ErrorState } from '../../ui/states.tsx';
import { PageFrame } from './page-frame.tsx';
import type { Page } from './palette-items.ts';

type ReadState =
  | { phase: 'idle' }
  | { phase: 'asking' }
  | { phase: 'answered'; value: RequestResult<'backends.read'> }
  | { phase: 'failed'; message: string };

interface ReadPageProps {
  page: Extract<Page, { kind: 'read' }>;
  onBack: () => void;
}

/** Asks a backend one of its reads. One that needs nothing and changes nothing is asked at once. */
export function ReadPage({ page: { backend, read }, onBack }: ReadPageProps) {
  const [state, setState] = useState<ReadState>({ phase: 'idle' });
  const atOnce = read.free && read.params.length === 0;

  async function ask(params: FieldParams): Promise<void> {
    setState({ phase: 'asking' });
    try {
      const value = await request('backends.read', { backendId: backend.id, read: read.id, params });
      setState({ phase: 'answered', value });
    } catch (error) {
      setState({ phase: 'failed', message: describeError(error) });
    }
  }

  return (
    <PageFrame title={read.label} help={read.help} backendId={backend.id} onBack={onBack}>
      {read.caution !== undefined && <p className="mb-3 text-xs text-warn">{read.caution}</p>}
      {atOnce ? (
        <AskOnce ask={() => void ask({})} />
      ) : (
        <FieldForm
          fields={read.params}
          submitLabel={read.free ? 'Show' : 'Ask all the same'}
          busy={state.phase === 'asking'}
          autoFocus
          onSubmit={(params) => void ask(params)}
        />
      )}
      {state.phase === 'asking' && <Spinner label="Asking" />}
      {state.phase === 'failed' && <ErrorState title="That could not be read" message={state.message} />}
      {state.phase === 'answered' && <Answer value={state.value} />}
    </PageFrame>
  );
}

/** Asks when it is first shown; what it asks cannot change while it is. */
function AskOnce({ ask }: { ask: () => void }) {
  const [first] = useState(() => ask);
  useEffect(first, [first]);
  return null;
}

function Answer({ value }: { value: RequestResult<'backends.read'> }) {
  return (
    <pre className="selectable mt-3 overflow-auto rounded-lg border border-line bg-canvas p-3 font-mono text-xs text-muted">
      {typeof value === 'string' ? value : JSON.stringify(value, null, 2)}
    </pre>
  );
}
