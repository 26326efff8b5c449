import type { SecuritySettings } from '#shared/domain/settings/security.ts';
import type { LockStatus } from '#shared/ipc/lock-requests.ts';

import type { Disposer } from '../lib/disposables.ts';
import type { AppLock, LockGuard } from './port.ts';

export interface ConcealParts {
  lock: Pick<AppLock, 'onChange'>;
  guard: Pick<LockGuard, 'showsDesk'>;
  security(): Pick<SecuritySettings, 'textsWhileLocked'>;
  tellWindow(status: LockStatus): void;
  /** What the window held is gone with its page, not only from the screen. */
  reloadWindow(): void;
  /** Takes away what the system still shows. */
  withdrawNotices(): void;
}

/** At the moment in which the desk is locked, takes out of sight what was shown before it and may not be read any more (S7). */
export function concealWhenLocked(parts: ConcealParts): Disposer {
  const { lock, guard } = parts;
  let showed = guard.showsDesk();
  let wasLocked = false;
  return lock.onChange((status) => {
    parts.tellWindow(status);
    const shows = guard.showsDesk();
    if (showed && !shows) parts.reloadWindow();
    showed = shows;
    if (status.locked && !wasLocked && !parts.security().textsWhileLocked) parts.withdrawNotices();
    wasLocked = status.locked;
  });
}
