import type { Json, Params } from '../port.ts';
import type { Tools } from './act-definition.ts';
import type { ReadDefinition } from './read-definition.ts';
import { modelReads } from './reads-model.ts';
import { serverReads } from './reads-server.ts';

/** Everything that AI-Trader can be asked beyond what the desk shows by itself. */
export const readDefinitions: readonly ReadDefinition[] = [...modelReads, ...serverReads];

const byId = new Map(readDefinitions.map((definition) => [definition.descriptor.id, definition]));

/** Answers a read in the shape of its view, or of `MODEL_READS`. Rejects in a person's words. */
export async function runRead(tools: Tools, id: string, params: Params, signal: AbortSignal): Promise<Json> {
  const definition = byId.get(id);
  if (definition === undefined) throw new Error(`AI-Trader cannot be asked for “${id}”.`);
  return definition.run({ tools, params, signal });
}
