import type { Notice } from '#shared/domain/attention/attention.ts';
import type { LockAnswer, LockStatus } from '#shared/ipc/lock-requests.ts';

import type { Disposer } from '../lib/disposables.ts';

export type LockCause = 'by hand' | 'idle' | 'system lock' | 'start';

export interface AppLock {
  status(): LockStatus;
  isLocked(): boolean;
  /** Refused in words where no lock is set up. */
  lock(cause: LockCause): LockAnswer;
  unlock(text: string): Promise<LockAnswer>;
  set(opensBy: 'own' | 'vault', text: string, current: string | null): Promise<LockAnswer>;
  remove(current: string): Promise<LockAnswer>;
  onChange(listener: (status: LockStatus) => void): Disposer;
  dispose(): void;
}

/** What stands between the desk and whoever sits before it while it is locked. */
export interface LockGuard {
  /** Why a request is refused now, in words; `null` where it passes. */
  refusal(requestName: string): string | null;
  /** A notice as it may be told now. */
  veil(notice: Notice): Notice;
  /** Why a decision from the tray or a notification is refused now. */
  decisionRefusal(): string | null;
  /** Whether what the desk holds may be sent to the window. */
  showsDesk(): boolean;
}
