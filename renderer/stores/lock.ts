import { create } from 'zustand';

import type { LockStatus } from '#shared/ipc/lock-requests.ts';

import { describeError, on, request } from '../bridge.ts';

interface LockState {
  readonly status: LockStatus | null;
  readonly trouble: string | null;
}

/** Whether the desk is locked and what opens it; `null` until it was read. */
export const useLock = create<LockState>(() => ({ status: null, trouble: null }));

export function readLock(): void {
  request('lock.status', {}).then(
    (status) => useLock.setState({ status, trouble: null }),
    (error: unknown) => useLock.setState({ trouble: describeError(error) }),
  );
}

/** Reads the lock and follows it. Returns the disposer. */
export function connectLock(): () => void {
  const dispose = on('lock.changed', (status) => useLock.setState({ status, trouble: null }));
  readLock();
  return dispose;
}
