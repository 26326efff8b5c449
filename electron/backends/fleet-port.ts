import type { BackendConfig, BackendKindDescriptor, ConnectionTestStep } from '#shared/domain/backend.ts';

import type { Backend } from './port.ts';

export type SecretValues = Readonly<Record<string, string>>;

/** The backends that are connected, and how they come and go. */
export interface Fleet {
  kinds(): BackendKindDescriptor[];
  get(backendId: string): Backend | undefined;
  all(): Backend[];
  /** Stores the configuration and its secrets and (re)connects. */
  save(config: BackendConfig, secrets: SecretValues): Promise<BackendConfig>;
  test(config: BackendConfig, secrets: SecretValues): Promise<ConnectionTestStep[]>;
  remove(backendId: string): Promise<void>;
  /** Connects the practice backend at this address, with a secret that is kept nowhere; `null` takes it away. */
  setPractice(practice: { address: string; secrets: SecretValues } | null): void;
  /** After sleep, or when the network returned. */
  wake(): void;
  dispose(): void;
}
