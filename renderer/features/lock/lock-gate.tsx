import type { ReactNode } from 'react';
import { useEffect } from 'react';

import { t } from '#shared/words.ts';

import { connectLock, useLock } from '../../stores/lock.ts';
import { ErrorState } from '../../ui/states.tsx';
import { LockScreen } from './lock-screen.tsx';

/** The desk, or the lock before it. Behind the lock nothing of the desk is even asked for: the main process would refuse it (S7). */
export function LockGate({ children }: { children: ReactNode }) {
  useEffect(connectLock, []);
  const { status, trouble } = useLock();
  if (status === null) {
    // Until then the page's own first look stays.
    return trouble === null ? null : (
      <ErrorState
        title={t('The desk could not be read')}
        message={trouble}
        onRetry={() => window.location.reload()}
        className="h-full"
      />
    );
  }
  return status.locked && status.view !== 'read-only' ? <LockScreen status={status} /> : children;
}
