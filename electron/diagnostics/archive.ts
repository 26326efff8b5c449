import { setImmediate } from 'node:timers/promises';

import { Zip, ZipDeflate } from 'fflate';

import { diskWords } from '../lib/disk-words.ts';
import { writeWholeFile } from '../lib/whole-file.ts';

export interface ArchivedFile {
  name: string;
  text: string;
}

const PIECE_BYTES = 64 * 1024;

/** One zip file of these texts, readable by its owner alone; there whole or not at all. Rejects with words where the disk refuses. */
export async function writeArchive(
  path: string,
  files: readonly ArchivedFile[],
  atMs: number,
): Promise<void> {
  try {
    await writeWholeFile(path, await zipped(files, atMs));
  } catch (error) {
    throw new Error(`The diagnostics were not saved. ${diskWords(error)}`, { cause: error });
  }
}

/** Piece by piece, so that PANIC never waits for a long log. */
async function zipped(files: readonly ArchivedFile[], atMs: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  const zip = new Zip((error, piece) => {
    if (error !== null) throw error;
    pieces.push(piece);
  });
  for (const { name, text } of files) {
    const file = new ZipDeflate(name, { level: 6 });
    file.mtime = new Date(atMs);
    zip.add(file);
    const bytes = new TextEncoder().encode(text);
    for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
      file.push(bytes.subarray(at, at + PIECE_BYTES), false);
      await setImmediate();
    }
    file.push(new Uint8Array(), true);
  }
  zip.end();
  return Buffer.concat(pieces);
}
