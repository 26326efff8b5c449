import { HttpFailure } from '../../connections/port.ts';
import type { ActingPort } from '../port.ts';
import type { ActDefinition, Tools } from './act-definition.ts';
import { prepared, refused, unverifiable } from '../kit/answers.ts';
import { check } from './act-definition.ts';
import { chatActs } from './chat-acts.ts';
import { modelActs } from './model-acts.ts';
import { ParamError } from '../kit/params.ts';
import { startActs } from './start-acts.ts';
import { stopActs } from './stop-acts.ts';

/** Everything that AI-Trader can be told to do, besides PANIC, which has a port of its own. */
export const actDefinitions: readonly ActDefinition[] = [
  ...startActs,
  ...stopActs,
  ...modelActs,
  ...chatActs,
];

const byId = new Map(actDefinitions.map((definition) => [definition.descriptor.id, definition]));

/** The acting side, for the command door alone. Never rejects but for an act that does not exist. */
export function createActs(tools: Tools): ActingPort {
  return {
    async prepare(act, params) {
      const definition = definitionOf(act);
      if (definition.prepare === undefined) return prepared();
      try {
        return await definition.prepare(tools, params);
      } catch (error) {
        if (!(error instanceof ParamError)) throw error;
        return prepared(check('block', 'params', 'Complete', error.message));
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
        return unverifiable('AI-Trader shows nothing that this could be checked by.');
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
  if (definition === undefined) throw new Error(`AI-Trader has no act “${act}”.`);
  return definition;
}
