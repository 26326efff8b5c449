import type { ComponentType } from 'react';

import { t } from '#shared/words.ts';

import { ErrorBoundary } from './error-boundary.tsx';

const NAMES = { over: t('A dialog'), strip: t('A strip') };

interface EachApartProps {
  parts: readonly ComponentType[];
  /** Whether they lie over the desk, or are strips under the bar. */
  as: 'over' | 'strip';
}

/** Parts of the window, each for itself: one that cannot be drawn, or does not come, takes neither PANIC nor the rest with it. */
export const EachApart = ({ parts, as }: EachApartProps) =>
  parts.map((Part, index) => (
    <ErrorBoundary key={index} name={NAMES[as]} as={as}>
      <Part />
    </ErrorBoundary>
  ));
