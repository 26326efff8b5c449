import { z } from 'zod';

import type { LockedView } from '../domain/settings/security.ts';
import { request } from './request.ts';

/** What the window may know of the lock, locked or not. */
export interface LockStatus {
  /** What opens it; `none` where no lock was set up. */
  opensBy: 'none' | 'own' | 'vault';
  locked: boolean;
  view: LockedView;
  /** After wrong answers, when the next one is looked at. */
  nextTryAtMs: number | null;
  /** Whether the vault has a passphrase that could open the lock as well. */
  vaultHasPassphrase: boolean;
  /** Known in every view: whether PANIC is on, and how far. */
  panic: { latched: boolean; targets: number; confirmed: number };
  /** `null` in the view that shows nothing. */
  counts: { needsPerson: number; approvals: number; alerts: number; backends: number } | null;
}

export interface LockAnswer {
  ok: boolean;
  message: string;
}

export const SHORTEST_PIN = 4;

const text = z.string().min(1).max(1_000);

export const lockRequests = {
  'lock.status': request<LockStatus>()(z.object({})),
  'lock.now': request<LockAnswer>()(z.object({})),
  'lock.unlock': request<LockAnswer>()(z.object({ text })),
  /** `current` opens the lock that is set now, where there is one. */
  'lock.set': request<LockAnswer>()(
    z.discriminatedUnion('opensBy', [
      z.object({
        opensBy: z.literal('own'),
        text: z.string().min(SHORTEST_PIN).max(1_000),
        current: text.nullable(),
      }),
      /** The passphrase of the vault, typed to show that it is known. */
      z.object({ opensBy: z.literal('vault'), text, current: text.nullable() }),
    ]),
  ),
  'lock.remove': request<LockAnswer>()(z.object({ current: text })),
} as const;
