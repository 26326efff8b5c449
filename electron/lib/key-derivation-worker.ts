import { parentPort, workerData } from 'node:worker_threads';

import { argon2id } from 'hash-wasm';

import type { KeyTask } from './key-derivation.ts';
import { KEY_BYTES } from './key-derivation.ts';

const { passphrase, recipe } = workerData as KeyTask;
const key = await argon2id({
  password: passphrase,
  salt: Buffer.from(recipe.salt, 'base64'),
  memorySize: recipe.memoryKib,
  iterations: recipe.passes,
  parallelism: recipe.parallelism,
  hashLength: KEY_BYTES,
  outputType: 'binary',
});
passphrase.fill(0);
parentPort?.postMessage(key);
