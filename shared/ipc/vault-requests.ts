import { z } from 'zod';

import { backendId } from '../domain/backends/backend.ts';
import { request } from './request.ts';

/** How secrets are kept and which are there; never a value (S1). */
export interface VaultStatus {
  protection: 'system-keychain' | 'passphrase' | 'session-only';
  explanation: string;
  /** Those that can be used now. */
  secrets: { backendId: string; name: string; savedAtMs: number; usedAtMs: number | null }[];
  /** Those that are on disk and cannot be opened now. */
  unopened: { backendId: string; name: string; savedAtMs: number; why: UnopenedCause }[];
  /** Protected by a passphrase that was not given since the start, or locked since. */
  locked: boolean;
  /** Why the system's keychain cannot be used; `null` when it can. */
  keychainTrouble: string | null;
  /** Without a keychain: the person said that this session is enough. */
  sessionChosen: boolean;
  /** After wrong passphrases, when the next one is looked at. */
  nextTryAtMs: number | null;
}

/** `locked`: waits for the passphrase. `no-keychain`: the keychain is locked or missing. `damaged`: its key no longer opens it. */
export type UnopenedCause = 'locked' | 'no-keychain' | 'damaged';

/** What became of something asked of the vault, in words. */
export interface VaultAnswer {
  ok: boolean;
  message: string;
}

export const SHORTEST_PASSPHRASE = 10;

const passphrase = z.string().min(1).max(1_000);
const newPassphrase = z.string().min(SHORTEST_PASSPHRASE).max(1_000);

export const vaultRequests = {
  'vault.status': request<VaultStatus>()(z.object({})),
  'vault.remove': request<null>()(z.object({ backendId, name: z.string().max(60) })),
  'vault.unlock': request<VaultAnswer>()(z.object({ passphrase })),
  'vault.lock': request<VaultAnswer>()(z.object({})),
  /** Encrypts by a passphrase from now on, what is kept otherwise included. */
  'vault.use-passphrase': request<VaultAnswer>()(z.object({ passphrase: newPassphrase })),
  'vault.change-passphrase': request<VaultAnswer>()(
    z.object({ current: passphrase, passphrase: newPassphrase }),
  ),
  'vault.use-keychain': request<VaultAnswer>()(z.object({})),
  /** Without a keychain: nothing is kept, and nobody is asked again. */
  'vault.use-session': request<VaultAnswer>()(z.object({})),
  /** For a passphrase that is forgotten: what it protects is put aside, and is to be entered again. */
  'vault.start-anew': request<VaultAnswer>()(z.object({})),
} as const;
