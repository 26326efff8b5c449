import type { ActingPort } from '../port.ts';
import { HttpFailure } from '../../connections/port.ts';
import type { ActDefinition, Tools } from './act-definition.ts';
import { refused, unverifiable } from '../kit/answers.ts';
import { approvalActs } from './approval-acts.ts';
import { objectivesAct } from './objectives-act.ts';
import { ParamError } from '../kit/params.ts';
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

const byId = new Map(actDefinitions.map((definition) => [definition.descriptor.id, definition]));

/** The acting side, for the command door alone. Never rejects but for an act that does not exist. */
export function createActs(tools: Tools): ActingPort {
  return {
    async prepare(act, params) {
      const definition = definitionOf(act);
      if (definition.prepare === undefined) return { checks: [], subject: null };
      try {
        return await definition.prepare(tools, params);
      } catch (error) {
        if (!(error instanceof ParamError)) throw error;
        return {
          checks: [{ id: 'params', label: 'Complete', verdict: 'block', detail: error.message }],
          subject: null,
        };
      }
    },
    async perform(act, params) {
      const definition = definitionOf(act);
      try {
        return await definition.perform(tools, params);
      } catch (error) {
        // Both come before anything was sent: a parameter of no use, or a reading that the act needs first.
        if (error instanceof ParamError || error instanceof HttpFailure) return refused(error.message);
        throw error;
      }
    },
    async verify(act, params, answer) {
      const definition = definitionOf(act);
      if (definition.verify === undefined)
        return unverifiable('CoinRuler shows nothing that this could be checked by.');
      try {
        return await definition.verify(tools, params, answer);
      } catch (error) {
        if (error instanceof HttpFailure)
          return { kind: 'pending', message: `It could not be read again yet. ${error.message}` };
        throw error;
      }
    },
  };
}

function definitionOf(act: string): ActDefinition {
  const definition = byId.get(act);
  if (definition === undefined) throw new Error(`CoinRuler has no act “${act}”.`);
  return definition;
}
