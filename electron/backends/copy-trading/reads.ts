import type { Json, Params } from '../port.ts';
import type { ReadDefinition } from './read-definition.ts';
import { marketReads } from './reads-market.ts';
import { portfolioReads } from './reads-portfolio.ts';
import { serverReads } from './reads-server.ts';
import { traderReads } from './reads-traders.ts';
import type { Tools } from './tools.ts';

/** Everything that the server can be asked beyond what the desk shows by itself. README.md says what is left out, and why. */
export const readDefinitions: readonly ReadDefinition[] = [
  ...traderReads,
  ...portfolioReads,
  ...marketReads,
  ...serverReads,
];

const byId = new Map(readDefinitions.map((definition) => [definition.descriptor.id, definition]));

/** Answers a read in the shape of its view. Rejects in a person's words. */
export async function runRead(tools: Tools, id: string, params: Params, signal: AbortSignal): Promise<Json> {
  const definition = byId.get(id);
  if (definition === undefined) throw new Error(`A copy-trading server cannot be asked for “${id}”.`);
  return definition.run({ tools, params, signal });
}
