import { Worker } from 'node:worker_threads';

import { z } from 'zod';

/** How a key was made of a passphrase, as it stands in the file; the limits keep a strange file from taking all memory. */
export const keyRecipe = z.object({
  kind: z.literal('argon2id'),
  memoryKib: z.number().int().min(8).max(1_048_576),
  passes: z.number().int().min(1).max(20),
  parallelism: z.number().int().min(1).max(16),
  salt: z.base64().min(20).max(200),
});
export type KeyRecipe = z.infer<typeof keyRecipe>;
export type KeyCost = Pick<KeyRecipe, 'memoryKib' | 'passes' | 'parallelism'>;

/** The second recommended option of RFC 9106 (section 4): 64 MiB, three passes. About 0.2 s on a machine of 2024. */
export const KEY_COST: KeyCost = { memoryKib: 65_536, passes: 3, parallelism: 4 };

export const KEY_BYTES = 32;
export const SALT_BYTES = 16;

/** Makes the key of a passphrase. Rejects only when the machine cannot (no memory, no thread). */
export type DeriveKey = (passphrase: string, recipe: KeyRecipe) => Promise<Buffer>;

export interface KeyTask {
  /** UTF-8 of the normalised passphrase. */
  passphrase: Uint8Array;
  recipe: KeyRecipe;
}

/** True where a key of today would cost more than this one did. */
export const isWeaker = (recipe: KeyCost, than: KeyCost): boolean =>
  recipe.memoryKib < than.memoryKib || recipe.passes < than.passes;

/**
 * Derives in a thread of its own, one a key: the main process stays free for PANIC, and what the thread held in memory goes
 * with it. Electron's own crypto has no Argon2 (its BoringSSL refuses it), so the thread uses `hash-wasm`.
 */
export function createKeyDeriver(workerUrl: URL): DeriveKey {
  return (passphrase, recipe) =>
    new Promise((resolve, reject) => {
      const task: KeyTask = { passphrase: Buffer.from(passphrase.normalize('NFKC'), 'utf8'), recipe };
      const worker = new Worker(workerUrl, { workerData: task, name: 'key-derivation' });
      worker.once('message', (key: unknown) => {
        if (key instanceof Uint8Array && key.length === KEY_BYTES) resolve(Buffer.from(key));
        void worker.terminate();
      });
      const fail = (): void =>
        reject(new Error('The passphrase could not be looked at: the machine is short of memory.'));
      worker.once('error', fail);
      worker.once('exit', fail);
    });
}
