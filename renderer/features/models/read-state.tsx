import type { ReactNode } from 'react';

import { t } from '#shared/words.ts';

import { Button } from '../../ui/button.tsx';
import { EmptyState, ErrorState, SkeletonRows } from '../../ui/states.tsx';
import type { ModelReadState } from './use-model-read.ts';

interface ReadStateProps<T> {
  state: ModelReadState<T>;
  /** What is asked for, as the object of a sentence: "the performance". */
  what: string;
  children: (value: T) => ReactNode;
}

/** An answer of a backend about a model, or why there is none. */
export function ReadState<T>({ state, what, children }: ReadStateProps<T>) {
  switch (state.phase) {
    case 'loading':
      return <SkeletonRows count={4} />;
    case 'not-offered':
      return <EmptyState title={t('This kind of backend does not tell {what}', { what })} />;
    case 'failed':
      return (
        <ErrorState
          title={t('The backend did not tell {what}', { what })}
          message={state.message}
          onRetry={state.retry}
        />
      );
    case 'ready':
      return (
        <>
          {state.trouble !== null && (
            <p role="alert" className="flex shrink-0 items-center gap-2 px-4 pt-2 text-xs text-warn">
              {t('This is the answer of before. {trouble}', { trouble: state.trouble })}
              <Button size="sm" variant="ghost" onClick={state.retry}>
                {t('Try again')}
              </Button>
            </p>
          )}
          {children(state.value)}
        </>
      );
  }
}
