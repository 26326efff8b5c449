import type { LatchFile } from '../latch-file.ts';
import type { MemoryJournal } from './memory-journal.ts';

/** The file of the latch in memory, on a disk that a test can break. */
export function createMemoryLatchFile(disk: () => MemoryJournal['disk'] = () => 'works'): LatchFile {
  let kept: unknown;
  async function reach(): Promise<void> {
    if (disk() === 'refuses') throw new Error('The disk is full.');
    if (disk() === 'hangs') await new Promise(() => undefined);
  }
  return {
    async read() {
      await reach();
      return structuredClone(kept);
    },
    async write(state) {
      await reach();
      kept = structuredClone(state);
    },
    settled: () => Promise.resolve(),
  };
}
