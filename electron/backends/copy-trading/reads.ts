import { readsFrom } from '../kit/reading.ts';
import type { ReadDefinition } from './read-definition.ts';
import { marketReads } from './reads-market.ts';
import { portfolioReads } from './reads-portfolio.ts';
import { serverReads } from './reads-server.ts';
import { traderReads } from './reads-traders.ts';

/** Everything that the server can be asked beyond what the desk shows by itself. README.md says what is left out, and why. */
export const readDefinitions: readonly ReadDefinition[] = [
  ...traderReads,
  ...portfolioReads,
  ...marketReads,
  ...serverReads,
];

/** Answers a read in the shape of its view. Rejects in a person's words. */
export const runRead = readsFrom(readDefinitions, 'A copy-trading server');
