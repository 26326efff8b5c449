import { MINUTE_MS, SECOND_MS } from '#shared/time.ts';
import type { SecuritySettings } from '#shared/domain/settings/security.ts';

import type { Clock } from '../lib/clock.ts';
import type { Disposer } from '../lib/disposables.ts';
import { Disposables } from '../lib/disposables.ts';
import type { AppLock } from './port.ts';

export interface AutoLockParts {
  lock: Pick<AppLock, 'lock' | 'isLocked' | 'status'>;
  security(): SecuritySettings;
  /** The machine's own time: a person sits before a real keyboard. */
  realClock: Clock;
  /** How long nobody has touched keyboard or pointer, in seconds, in any program. */
  idleSeconds(): number;
  /** The system's own lock screen came up, where the system tells. */
  onSystemLock(listener: () => void): Disposer;
}

const LOOK_EVERY_MS = 5 * SECOND_MS;

/** Locks when nobody has been there for as long as the person said, and with the system. */
export function startAutoLock({
  lock,
  security,
  realClock,
  idleSeconds,
  onSystemLock,
}: AutoLockParts): Disposer {
  const disposables = new Disposables();
  const isSet = (): boolean => lock.status().opensBy !== 'none' && !lock.isLocked();
  disposables.add(
    realClock.every(LOOK_EVERY_MS, () => {
      const { lockAfterMinutes } = security();
      if (lockAfterMinutes === null || !isSet()) return;
      if (idleSeconds() * SECOND_MS >= lockAfterMinutes * MINUTE_MS) lock.lock('idle');
    }),
  );
  disposables.add(
    onSystemLock(() => {
      if (security().lockWithSystem && isSet()) lock.lock('system lock');
    }),
  );
  return () => disposables.dispose();
}
