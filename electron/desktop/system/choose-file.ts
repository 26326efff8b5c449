import { existsSync } from 'node:fs';
import { join, parse } from 'node:path';

import type {
  OpenDialogOptions,
  OpenDialogReturnValue,
  SaveDialogOptions,
  SaveDialogReturnValue,
} from 'electron';

/** A file that is about to be written, before a person says where. */
export interface WantedFile {
  title: string;
  /** With its ending. */
  name: string;
  /** What files of this ending are called, for the dialog. */
  kind: string;
}

export interface FileChooserParts {
  /** The system's dialog. */
  ask(options: SaveDialogOptions): Promise<Pick<SaveDialogReturnValue, 'canceled' | 'filePath'>>;
  /** Where the dialog begins. */
  folder(): string;
  /** Saves there without asking. */
  saveTo: string | null;
}

/**
 * Asks the person where a file should go; `null` when they do not want it. What it answers has the wanted file's ending,
 * whatever was typed, and then never is a file that the dialog did not ask about.
 */
export function createFileChooser({ ask, folder, saveTo }: FileChooserParts) {
  return async ({ title, name, kind }: WantedFile): Promise<string | null> => {
    const { ext } = parse(name);
    if (saveTo !== null) return join(saveTo, name);
    const { canceled, filePath } = await ask({
      title,
      defaultPath: join(folder(), name),
      filters: [{ name: kind, extensions: [ext.slice(1)] }],
      properties: ['createDirectory', 'showOverwriteConfirmation'],
    });
    if (canceled || filePath === '') return null;
    return filePath.toLowerCase().endsWith(ext) ? filePath : firstFree(filePath, ext);
  };
}

export interface FileFinderParts {
  /** The system's dialog. */
  ask(options: OpenDialogOptions): Promise<Pick<OpenDialogReturnValue, 'canceled' | 'filePaths'>>;
  folder(): string;
  /** Opens this without asking. */
  openFrom: string | null;
}

/** Asks the person which file to open; `null` when they do not want to. */
export function createFileFinder({ ask, folder, openFrom }: FileFinderParts) {
  return async (wanted: { title: string; ending: string; kind: string }): Promise<string | null> => {
    if (openFrom !== null) return openFrom;
    const { canceled, filePaths } = await ask({
      title: wanted.title,
      defaultPath: folder(),
      filters: [{ name: wanted.kind, extensions: [wanted.ending] }],
      properties: ['openFile'],
    });
    return canceled ? null : (filePaths[0] ?? null);
  };
}

function firstFree(path: string, ext: string): string {
  for (let count = 1; ; count += 1) {
    const candidate = `${path}${count === 1 ? '' : ` ${count}`}${ext}`;
    if (!existsSync(candidate)) return candidate;
  }
}
