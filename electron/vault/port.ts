import type { VaultAnswer, VaultStatus } from '#shared/ipc/vault-requests.ts';

import type { Disposer } from '../lib/disposables.ts';

/** Secrets of the backends. Values go in and are used; only `reveal` hands one out, and never towards the window. */
export interface VaultPort {
  status(): VaultStatus;
  /** Rejects with words while the vault is locked, or when the disk refuses. */
  set(backendId: string, name: string, value: string): Promise<void>;
  /** For the request that needs it, in the main process only. Notes the use. Rejects with `VaultLockedError` while it waits for the passphrase. */
  reveal(backendId: string, name: string): Promise<string | null>;
  remove(backendId: string, name: string): Promise<void>;
  removeAll(backendId: string): Promise<void>;
  /** Whether a secret of this one waits for the passphrase. */
  waits(backendId: string): boolean;
  /** A text without any secret that can be opened now, by its value, in whatever it is wrapped. Notes no use. */
  hideIn(text: string): string;
  /** Told when the vault is unlocked, locked, or kept in another way; not of each secret. */
  onKeepingChange(listener: () => void): Disposer;
}

/** How the vault itself is kept. Each answers in words, whatever happens; a passphrase is in none of them. */
export interface VaultKeeping {
  unlock(passphrase: string): Promise<VaultAnswer>;
  lock(): Promise<VaultAnswer>;
  usePassphrase(passphrase: string): Promise<VaultAnswer>;
  changePassphrase(current: string, passphrase: string): Promise<VaultAnswer>;
  useKeychain(): Promise<VaultAnswer>;
  useSession(): Promise<VaultAnswer>;
  startAnew(): Promise<VaultAnswer>;
  /** Whether this is the passphrase of the vault, with the same attempts counted as for unlocking it; `null` where it has none. */
  isPassphrase(passphrase: string): Promise<VaultAnswer | null>;
}

/** A secret that is there and cannot be had before the person gives the passphrase. */
export class VaultLockedError extends Error {
  override readonly name = 'VaultLockedError';

  constructor() {
    super('The vault is locked. Unlock it to use what it keeps.');
  }
}
