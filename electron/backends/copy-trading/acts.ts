import { HttpFailure } from '../../connections/port.ts';
import type { ActingPort } from '../port.ts';
import type { ActDefinition } from './act-definition.ts';
import { refused } from '../kit/answers.ts';
import { block } from './act-definition.ts';
import { followActs } from './follow-acts.ts';
import { orderActs } from './order-acts.ts';
import { ParamError } from '../kit/params.ts';
import { preferencesAct } from './preferences-act.ts';
import type { Tools } from './tools.ts';

/** Everything that the server can be told to do. */
export const actDefinitions: readonly ActDefinition[] = [...followActs, ...orderActs, preferencesAct];

const byId = new Map(actDefinitions.map((definition) => [definition.descriptor.id, definition]));

/** The acting side, for the command door alone. Never rejects but for an act that does not exist. */
export function createActs(tools: Tools): ActingPort {
  return {
    async prepare(act, params) {
      const definition = definitionOf(act);
      await tools.desk.book.load();
      try {
        return { checks: definition.check?.(tools, params) ?? [], subject: null };
      } catch (error) {
        if (!(error instanceof ParamError)) throw error;
        return { checks: [block('params', 'Complete', error.message)], subject: null };
      }
    },
    async perform(act, params, { origin }) {
      const definition = definitionOf(act);
      try {
        return await definition.perform(tools, params, origin);
      } catch (error) {
        // Both come before anything was sent: a parameter of no use, or a reading that the act needs first.
        if (error instanceof ParamError || error instanceof HttpFailure)
          return refused(`Not sent. ${error.message}`);
        throw error;
      }
    },
    async verify(act, params, answer) {
      const definition = definitionOf(act);
      if (definition.verify === undefined)
        return { kind: 'unverifiable', message: 'The server shows nothing that this could be checked by.' };
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
  if (definition === undefined) throw new Error(`A copy-trading server has no act “${act}”.`);
  return definition;
}
