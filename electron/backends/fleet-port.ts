import type {
  BackendConfig,
  BackendKindDescriptor,
  ConnectionTestStep,
} from '#shared/domain/backends/backend.ts';
import type { FoundAtAddress } from '#shared/ipc/detect-requests.ts';

import type { Backend } from './port.ts';

export type SecretValues = Readonly<Record<string, string>>;

/** Where the practice desk speaks the protocol of a kind of backend. */
export interface PracticeBackend {
  kind: string;
  address: string;
  secrets: SecretValues;
  options?: Readonly<Record<string, string>> | undefined;
}

/** The backends that are connected, and how they come and go. */
export interface Fleet {
  kinds(): BackendKindDescriptor[];
  get(backendId: string): Backend | undefined;
  all(): Backend[];
  /** Stores the configuration and its secrets and (re)connects. */
  save(config: BackendConfig, secrets: SecretValues): Promise<BackendConfig>;
  /** The configuration as it would be kept. Throws with words for one that no desk can have. */
  check(config: BackendConfig): BackendConfig;
  /** Connects and disconnects, so that it is again as the settings say. */
  followSettings(): void;
  /** Opens the links of a configured one anew: a secret of it is another now. */
  reconnect(backendId: string): void;
  test(config: BackendConfig, secrets: SecretValues): Promise<ConnectionTestStep[]>;
  /** What seems to answer at its address; asked without any secret. */
  detect(config: BackendConfig): Promise<FoundAtAddress>;
  remove(backendId: string): Promise<void>;
  /** Connects the practice backends, one a kind, with secrets that are kept nowhere; the empty list takes them away. */
  setPractice(practice: readonly PracticeBackend[]): void;
  /** After sleep, or when the network returned. */
  wake(): void;
  dispose(): void;
}
