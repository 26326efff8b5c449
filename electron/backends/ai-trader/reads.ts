import { readsFrom } from '../kit/reading.ts';
import type { ReadDefinition } from './read-definition.ts';
import { modelReads } from './reads-model.ts';
import { serverReads } from './reads-server.ts';

/** Everything that AI-Trader can be asked beyond what the desk shows by itself. */
export const readDefinitions: readonly ReadDefinition[] = [...modelReads, ...serverReads];

/** Answers a read in the shape of its view, or of `MODEL_READS`. Rejects in a person's words. */
export const runRead = readsFrom(readDefinitions, 'AI-Trader');
