import { actingFrom } from '../kit/acting.ts';
import type { ActingPort } from '../port.ts';
import type { ActDefinition, Tools } from './act-definition.ts';
import { chatActs } from './chat-acts.ts';
import { modelActs } from './model-acts.ts';
import { startActs } from './start-acts.ts';
import { stopActs } from './stop-acts.ts';

/** Everything that AI-Trader can be told to do, besides PANIC, which has a port of its own. */
export const actDefinitions: readonly ActDefinition[] = [
  ...startActs,
  ...stopActs,
  ...modelActs,
  ...chatActs,
];

/** The acting side, for the command door alone. */
export const createActs = (tools: Tools): ActingPort =>
  actingFrom(actDefinitions, tools, { name: 'AI-Trader' });
