import type { IngestStatus } from '#shared/domain/settings/ingest.ts';

/** The listener for detector scripts, as the window asks about it. */
export interface IngestPort {
  status(): IngestStatus;
  /** Makes a new key and keeps it in the vault; from then on the old one opens nothing. Rejects with words where it cannot be kept. */
  rotateKey(): Promise<{ key: string }>;
}
