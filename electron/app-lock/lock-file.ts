import { z } from 'zod';

import { attempts, NO_ATTEMPTS } from '../lib/attempt-gate.ts';
import type { Clock } from '../lib/clock.ts';
import { keyRecipe } from '../lib/key-derivation.ts';
import type { Logger } from '../lib/logger.ts';
import { createStoreFile } from '../lib/store-file.ts';

const opener = z.discriminatedUnion('kind', [
  /** `digest`: SHA-256 of the key that the recipe makes of the right answer, in base64. */
  z.object({ kind: z.literal('own'), recipe: keyRecipe, digest: z.base64() }),
  z.object({ kind: z.literal('vault') }),
]);
export type Opener = z.infer<typeof opener>;

const stored = z.object({
  version: z.literal(1),
  opener: opener.nullable(),
  attempts: attempts.default(NO_ATTEMPTS),
});
export type StoredLock = z.infer<typeof stored>;

/** What opens the lock and the wrong answers so far, in a file of its own: it survives a restart and no export carries it. */
export interface LockFile {
  read(): StoredLock;
  /** Throws with words when the disk refuses. */
  write(lock: Omit<StoredLock, 'version'>): void;
}

const NONE: StoredLock = { version: 1, opener: null, attempts: NO_ATTEMPTS };

export function createLockFile(folder: string, { clock, log }: { clock: Clock; log: Logger }): LockFile {
  const file = createStoreFile(folder, 'lock');
  return {
    read() {
      const found = file.read();
      if (found.kind === 'missing') return NONE;
      const parsed = stored.safeParse(found.kind === 'object' ? found.value : null);
      if (parsed.success) return parsed.data;
      // Whoever can damage the file could delete it as well: a lock that nothing opens would protect nobody.
      log.error('the file of the lock is damaged: the desk starts without a lock');
      try {
        file.setAside('damaged', clock.now());
      } catch {
        // It is written over by the next lock.
      }
      return NONE;
    },
    write(lock) {
      try {
        file.write({ version: 1, ...lock });
      } catch (error) {
        throw new Error('The lock could not be saved: the disk refuses the file.', { cause: error });
      }
    },
  };
}
