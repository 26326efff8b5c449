import type { KeyCost } from '../key-derivation.ts';
import { createKeyDeriver } from '../key-derivation.ts';

/** The real derivation in its real thread, from the source as it is. */
export const deriveKey = createKeyDeriver(new URL('../key-derivation-worker.ts', import.meta.url));

/** The same algorithm, made cheap. */
export const CHEAP: KeyCost = { memoryKib: 64, passes: 1, parallelism: 1 };
