import type { Json, Params } from '../port.ts';
import type { Tools } from './act-definition.ts';
import type { ReadDefinition } from './read-definition.ts';
import { analysisReads } from './reads-analysis.ts';
import { serverReads } from './reads-server.ts';
import { simulationReads } from './reads-simulation.ts';
import { tradingReads } from './reads-trading.ts';

/** Everything that CoinRuler can be asked beyond what the desk shows by itself. */
export const readDefinitions: readonly ReadDefinition[] = [
  ...tradingReads,
  ...simulationReads,
  ...analysisReads,
  ...serverReads,
];

const byId = new Map(readDefinitions.map((definition) => [definition.descriptor.id, definition]));

/** Answers a read in the shape of its view (see `descriptor.ts`). Rejects in a person's words. */
export async function runRead(tools: Tools, id: string, params: Params, signal: AbortSignal): Promise<Json> {
  const definition = byId.get(id);
  if (definition === undefined) throw new Error(`CoinRuler cannot be asked for “${id}”.`);
  return definition.run({ tools, params, signal });
}
