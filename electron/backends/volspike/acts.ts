import { HttpFailure } from '../../connections/port.ts';
import { createRecent } from '../../lib/recent.ts';
import type { ActingPort, Params } from '../port.ts';
import type { ActDefinition, Plan, Tools } from './act-definition.ts';
import { liveActs } from './live-acts.ts';
import { ParamError } from '../kit/params.ts';
import { thresholdActs } from './threshold-acts.ts';
import { watchListActs } from './watch-list-acts.ts';

/** Everything that VolSpike can be told to do. None of it can trade. */
export const actDefinitions: readonly ActDefinition[] = [...thresholdActs, ...watchListActs, ...liveActs];

const byId = new Map(actDefinitions.map((definition) => [definition.descriptor.id, definition]));

/** The acting side, for the command door alone. Rejects only for an act that does not exist. */
export function createActs(tools: Tools): ActingPort {
  // A plan that was carried out is the one that is verified: it knows when it was sent.
  const plans = createRecent<Plan>(50);
  const keyOf = (act: string, params: Params): string => `${act} ${JSON.stringify(params)}`;

  return {
    prepare(act, params) {
      const definition = definitionOf(act);
      try {
        definition.plan(params);
        return Promise.resolve({ checks: [], subject: null });
      } catch (error) {
        if (!(error instanceof ParamError)) throw error;
        const check = {
          id: 'params',
          label: 'Complete',
          verdict: 'block',
          detail: error.message,
        } as const;
        return Promise.resolve({ checks: [check], subject: null });
      }
    },
    async perform(act, params) {
      const definition = definitionOf(act);
      try {
        const plan = definition.plan(params);
        plans.set(keyOf(act, params), plan);
        return await plan.perform(tools);
      } catch (error) {
        // Both come before anything was sent: a parameter of no use, or no session to ask with.
        if (error instanceof ParamError || error instanceof HttpFailure)
          return { kind: 'refused', message: error.message, result: null };
        throw error;
      }
    },
    async verify(act, params, answer) {
      const plan = plans.get(keyOf(act, params)) ?? definitionOf(act).plan(params);
      try {
        return await plan.verify(tools, answer);
      } catch (error) {
        if (!(error instanceof HttpFailure)) throw error;
        return { kind: 'pending', message: `It could not be read again yet. ${error.message}` };
      }
    },
  };
}

function definitionOf(act: string): ActDefinition {
  const definition = byId.get(act);
  if (definition === undefined) throw new Error(`VolSpike has no act “${act}”.`);
  return definition;
}
