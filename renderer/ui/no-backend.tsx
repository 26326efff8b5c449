import type { ReactNode } from 'react';

import { t } from '#shared/words.ts';

import { openPlace } from '../stores/ui.ts';
import { Button } from './button.tsx';
import { EmptyState } from './states.tsx';

interface NoBackendProps {
  icon: ReactNode;
  /** What would stand here. */
  children: string;
  className?: string;
}

/** Instead of a place that shows what bots tell, while none is connected: what would stand there, and the way to connect one. */
export const NoBackend = ({ icon, children, className }: NoBackendProps) => (
  <EmptyState
    icon={icon}
    title={t('No backend is connected')}
    action={<Button onClick={() => openPlace('settings', 'backends')}>{t('Connect your bot')}</Button>}
    {...(className === undefined ? {} : { className })}
  >
    {children}
  </EmptyState>
);
