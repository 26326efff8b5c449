import { createRecent } from '../../lib/recent.ts';
import type { ActSteps } from '../kit/acting.ts';
import { actingFrom } from '../kit/acting.ts';
import { prepared } from '../kit/answers.ts';
import type { ActingPort, Params } from '../port.ts';
import type { ActDefinition, Plan, Tools } from './act-definition.ts';
import { liveActs } from './live-acts.ts';
import { thresholdActs } from './threshold-acts.ts';
import { watchListActs } from './watch-list-acts.ts';

/** Everything that VolSpike can be told to do. None of it can trade. */
export const actDefinitions: readonly ActDefinition[] = [...thresholdActs, ...watchListActs, ...liveActs];

/** The acting side, for the command door alone. */
export function createActs(tools: Tools): ActingPort {
  // A plan that was carried out is the one that is verified: it knows when it was sent.
  const plans = createRecent<Plan>(50);
  const planned = ({ descriptor, plan }: ActDefinition): ActSteps<Tools> => {
    const keyOf = (params: Params): string => `${descriptor.id} ${JSON.stringify(params)}`;
    return {
      descriptor,
      prepare(_tools, params) {
        plan(params);
        return prepared();
      },
      perform(_tools, params) {
        const made = plan(params);
        plans.set(keyOf(params), made);
        return made.perform(tools);
      },
      verify: (_tools, params, answer) => (plans.get(keyOf(params)) ?? plan(params)).verify(tools, answer),
    };
  };
  return actingFrom(actDefinitions.map(planned), tools, { name: 'VolSpike' });
}
