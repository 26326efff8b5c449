import { randomBytes } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';

/**
 * Puts a file where a person wants it, readable by its owner alone: whole, or not at all, and what stood there stays. Rejects with the
 * system's error.
 */
export async function writeWholeFile(path: string, content: Uint8Array): Promise<void> {
  // A name that nobody has a file under, and that nobody could lay something under before.
  const draft = `${path}.${randomBytes(6).toString('hex')}.part`;
  try {
    await writeFile(draft, content, { mode: 0o600, flag: 'wx' });
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined);
    throw error;
  }
}
