import type { ComponentType } from 'react';

import { t } from '#shared/words.ts';

import { ErrorBoundary } from './error-boundary.tsx';

/** What stands under the bar. Each for itself: one that cannot be drawn, or does not come, takes neither PANIC nor the rest with it. */
export const Strips = ({ of }: { of: readonly ComponentType[] }) =>
  of.map((Strip, index) => (
    <ErrorBoundary key={index} name={t('A strip')} strip>
      <Strip />
    </ErrorBoundary>
  ));
