import type { EpochMs } from '../../time.ts';

/** The format of a settings file as this build writes it. */
export const SETTINGS_FILE_VERSION = 1;
export const SETTINGS_FILE_FORMAT = 'quarterdeck-settings';

/** One setting that would be another; texts are for a person. */
export interface ImportChange {
  what: string;
  before: string;
  after: string;
  /** Why to look at it twice; `null` where it cannot cost anything. */
  careful: string | null;
}

export interface ImportSection {
  title: string;
  changes: ImportChange[];
}

/** What a settings file would do. Nothing of it has happened. */
export interface ImportPreview {
  importId: string;
  fileName: string;
  savedAtMs: EpochMs | null;
  savedBy: string;
  /** Those with changes alone. */
  sections: ImportSection[];
  /** How many changes are to be looked at twice; applying takes this number as proof that they were shown. */
  careful: number;
  /** Secrets that no file holds, and that have to be typed once it is taken. */
  secretsToType: { owner: string; labels: string[] }[];
  /** Whose saved secrets are removed, because what is saved was given for another destination (S3). */
  secretsRemoved: string[];
  /** What arrives switched off, or is not taken at all, and why; sentences. */
  heldBack: string[];
  /** What is here, is not in the file, and stays. */
  stays: string[];
}

/** The import that can still be taken back. */
export interface LastImport {
  fileName: string;
  atMs: EpochMs;
}
