import type { BackendConfig } from '#shared/domain/backend.ts';
import type { Settings, SettingsChange } from '#shared/domain/settings.ts';

/** What the person has set, validated when read and when written. */
export interface SettingsPort {
  get(): Settings;
  change(change: SettingsChange): Settings;
  saveBackend(config: BackendConfig): Settings;
  removeBackend(backendId: string): Settings;
  onChange(listener: (settings: Settings) => void): () => void;
}
