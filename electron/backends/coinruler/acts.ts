import { actingFrom } from '../kit/acting.ts';
import type { ActingPort } from '../port.ts';
import type { ActDefinition, Tools } from './act-definition.ts';
import { approvalActs } from './approval-acts.ts';
import { objectivesAct } from './objectives-act.ts';
import { portfolioActs } from './portfolio-acts.ts';
import { proposalActs } from './proposal-acts.ts';
import { rotationActs } from './rotation-acts.ts';
import { ruleActs } from './rule-acts.ts';

/** Everything that CoinRuler can be told to do, besides the kill switch, which has a port of its own. */
export const actDefinitions: readonly ActDefinition[] = [
  ...approvalActs,
  ...proposalActs,
  ...portfolioActs,
  ...ruleActs,
  objectivesAct,
  ...rotationActs,
];

/** The acting side, for the command door alone. */
export const createActs = (tools: Tools): ActingPort =>
  actingFrom(actDefinitions, tools, { name: 'CoinRuler' });
