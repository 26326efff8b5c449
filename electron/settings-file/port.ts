import type { ImportPreview, LastImport } from '#shared/domain/settings/settings-file.ts';
import type { SettingsFileAnswer } from '#shared/ipc/settings-file-requests.ts';

/** Everything a person set as one file, and back. It never acts: what acts by itself arrives switched off. */
export interface SettingsFilePort {
  /** `null` where the person wants no file after all. Throws with words where the disk refuses. */
  export(): Promise<{ path: string } | null>;
  /** Asks for a file and says what it would change; throws with a sentence for one that cannot be taken. */
  open(): Promise<ImportPreview | null>;
  /** Takes all of what was shown, or nothing. */
  apply(importId: string, careful: number): Promise<SettingsFileAnswer>;
  undo(): Promise<SettingsFileAnswer>;
  last(): LastImport | null;
}
