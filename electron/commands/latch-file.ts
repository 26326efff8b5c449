import { open, readFile, rename } from 'node:fs/promises';

/** A second copy of the latch, in a file of its own: it outlives a journal that is damaged, lost or put back from a backup (K6). */
export interface LatchFile {
  /** What was written last; `undefined` where nothing ever was. Rejects where it cannot be read or is no JSON. */
  read(): Promise<unknown>;
  /** Resolves once this state, or a newer one, is synced. Rejects when the disk refuses; the file is then as it was. */
  write(state: unknown): Promise<void>;
  /** Resolves once nothing is being written. */
  settled(): Promise<void>;
}

/** Writes go one after the other and each is whole: beside the file first, then in its place. */
export function createLatchFile(path: string): LatchFile {
  let wanted: { state: unknown; done: PromiseWithResolvers<void> } | null = null;
  let isWriting = false;
  let writing: Promise<void> = Promise.resolve();

  async function replace(state: unknown): Promise<void> {
    const beside = `${path}.new`;
    const file = await open(beside, 'w', 0o600);
    try {
      await file.writeFile(JSON.stringify(state));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, path);
  }

  async function writeAll(): Promise<void> {
    isWriting = true;
    for (let next = wanted; next !== null; next = wanted) {
      wanted = null;
      await replace(next.state).then(next.done.resolve, next.done.reject);
    }
    isWriting = false;
  }

  return {
    async read() {
      let text: string;
      try {
        text = await readFile(path, 'utf8');
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
        throw error;
      }
      const value: unknown = JSON.parse(text);
      return value;
    },
    write(state) {
      // What nobody began to write yet is overtaken: whoever waits for it waits for the newer one.
      const fresh: PromiseWithResolvers<void> = Promise.withResolvers();
      const done = wanted?.done ?? fresh;
      wanted = { state, done };
      if (!isWriting) writing = writeAll();
      return done.promise;
    },
    settled: () => writing,
  };
}
