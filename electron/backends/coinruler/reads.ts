import { readsFrom } from '../kit/reading.ts';
import type { ReadDefinition } from './read-definition.ts';
import { analysisReads } from './reads-analysis.ts';
import { ruleReads } from './reads-rules.ts';
import { serverReads } from './reads-server.ts';
import { simulationReads } from './reads-simulation.ts';
import { tradingReads } from './reads-trading.ts';
import { upkeepReads } from './reads-upkeep.ts';

/** Everything that CoinRuler can be asked beyond what the desk shows by itself. */
export const readDefinitions: readonly ReadDefinition[] = [
  ...tradingReads,
  ...ruleReads,
  ...upkeepReads,
  ...simulationReads,
  ...analysisReads,
  ...serverReads,
];

/** Answers a read in the shape of its view (see `descriptor.ts`). Rejects in a person's words. */
export const runRead = readsFrom(readDefinitions, 'CoinRuler');
