import type { ComponentType } from 'react';

import { t } from '#shared/words.ts';

import { ErrorBoundary } from './error-boundary.tsx';

/** What lies over the desk. Each for itself: one that cannot be drawn, or does not come, takes neither PANIC nor the rest with it. */
export const Layers = ({ of }: { of: readonly ComponentType[] }) =>
  of.map((Layer, index) => (
    <ErrorBoundary key={index} name={t('A dialog')} over>
      <Layer />
    </ErrorBoundary>
  ));
