import type { VaultStatus } from '#shared/ipc/contract.ts';

/** Secrets of the backends. Values go in and are used; only `reveal` hands one out, and never towards the window. */
export interface VaultPort {
  status(): VaultStatus;
  set(backendId: string, name: string, value: string): Promise<void>;
  /** For the request that needs it, in the main process only. Notes the use. */
  reveal(backendId: string, name: string): Promise<string | null>;
  remove(backendId: string, name: string): Promise<void>;
  removeAll(backendId: string): Promise<void>;
}
