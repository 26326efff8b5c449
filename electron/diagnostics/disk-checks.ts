import { stat, statfs, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { diskWords } from '../lib/disk-words.ts';
import type { Finding } from './finding.ts';
import { failed, notKnown, passed, warning } from './finding.ts';

const LITTLE_BYTES = 1_000_000_000;
const TOO_LITTLE_BYTES = 100_000_000;
const OWN_FILES = ['settings.json', 'vault.json', 'lock.json', 'journal.sqlite', 'conversations.sqlite'];

/** Whether the disk takes a file where the settings lie. */
export async function checkWriting(folder: string): Promise<Finding> {
  const probe = join(folder, 'self-check.tmp');
  try {
    await writeFile(probe, 'written', { mode: 0o600 });
    await unlink(probe);
    return passed('The data folder takes files.');
  } catch (error) {
    return failed(
      `The data folder takes no file. ${diskWords(error)}`,
      'Make room, or give the folder back to your user; until then nothing you set is kept.',
    );
  }
}

export async function checkSpace(folder: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  const words = `${megabytes(free)} are free where data is kept.`;
  if (free < TOO_LITTLE_BYTES) return failed(words, 'Make room now: the journal will soon not be written.');
  return free < LITTLE_BYTES
    ? warning(words, 'Make room, or keep the journal shorter in Settings, Journal.')
    : passed(words);
}

/** Whether others on this computer may read what lies there. */
export async function checkRights(folder: string, platform: NodeJS.Platform): Promise<Finding> {
  if (platform === 'win32') return notKnown('This system keeps rights in another way.');
  const open: string[] = [];
  for (const name of OWN_FILES) {
    const found = await stat(join(folder, name)).catch(() => null);
    if (found !== null && (found.mode & 0o077) !== 0) open.push(name);
  }
  const around = await stat(folder);
  const isShut = (around.mode & 0o077) === 0;
  return open.length === 0 || isShut
    ? passed('Only your user can read what the desk keeps.')
    : warning(
        `Other users of this computer can read ${open.join(', ')}.`,
        'Take their rights away (chmod -R go-rwx on the data folder). Secrets are encrypted all the same.',
      );
}

const megabytes = (bytes: number): string =>
  bytes >= 10_000_000_000 ? `${Math.floor(bytes / 1_000_000_000)} GB` : `${Math.floor(bytes / 1_000_000)} MB`;
