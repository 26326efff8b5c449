import { execFileSync } from 'node:child_process';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

import { mountSmall } from '../../journal/testing/harness.ts';

/** A small disk of its own under a folder. */
export interface SmallDisk {
  fill(): void;
  empty(): void;
  remove(): void;
}

const MEBIBYTES = 32;

/** `null` where this machine does not let one be mounted. */
export function mountSmallDisk(folder: string): SmallDisk | null {
  if (mountSmall(folder, MEBIBYTES) === null) return null;
  const filler = join(folder, 'filler');
  return {
    fill() {
      const file = openSync(filler, 'w');
      // Down to the last page: large pieces first.
      for (const size of [1_048_576, 4_096]) while (writes(file, size));
      closeSync(file);
    },
    empty: () => rmSync(filler, { force: true }),
    remove: () => void execFileSync('umount', ['--lazy', folder]),
  };
}

function writes(file: number, size: number): boolean {
  try {
    return writeSync(file, Buffer.alloc(size)) === size;
  } catch {
    return false;
  }
}
