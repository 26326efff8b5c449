import type { ActDescriptor } from '#shared/domain/backends/backend.ts';

import { HttpFailure } from '../../connections/port.ts';
import type { ActAnswer, ActingPort, Params, Preparation, Verification } from '../port.ts';
import { pending, prepared, refused, unverifiable } from './answers.ts';
import { ParamError } from './params.ts';

/** One act: how it is described, prepared, done and, where the server shows its effect, re-read. */
export interface ActSteps<Tools> {
  descriptor: ActDescriptor;
  prepare?(tools: Tools, params: Params): Preparation | Promise<Preparation>;
  perform(tools: Tools, params: Params, by: { origin: string }): Promise<ActAnswer>;
  verify?(tools: Tools, params: Params, answer: ActAnswer): Promise<Verification>;
}

interface ActingWords {
  /** Who has no such act. */
  name: string;
  /** Who shows nothing to check by; the name, where it is not said. */
  shower?: string;
  /** What a refusal before anything was sent begins with. */
  refusal?: string;
}

/**
 * The acting side of a backend from its acts, for the command door alone. Never rejects but for an act that does not exist and
 * for what nobody foresaw.
 */
export function actingFrom<Tools>(
  acts: readonly ActSteps<Tools>[],
  tools: Tools,
  { name, shower = name, refusal = '' }: ActingWords,
): ActingPort {
  const byId = new Map(acts.map((act) => [act.descriptor.id, act]));

  function stepsOf(id: string): ActSteps<Tools> {
    const steps = byId.get(id);
    if (steps === undefined) throw new Error(`${name} has no act “${id}”.`);
    return steps;
  }

  return {
    async prepare(id, params) {
      const steps = stepsOf(id);
      try {
        return (await steps.prepare?.(tools, params)) ?? prepared();
      } catch (error) {
        if (!(error instanceof ParamError)) throw error;
        return prepared({ id: 'params', label: 'Complete', verdict: 'block', detail: error.message });
      }
    },
    async perform(id, params, by) {
      const steps = stepsOf(id);
      try {
        return await steps.perform(tools, params, by);
      } catch (error) {
        // Both come before anything was sent: a parameter of no use, or a reading or session that the act needs first.
        if (error instanceof ParamError || error instanceof HttpFailure)
          return refused(`${refusal}${error.message}`);
        throw error;
      }
    },
    async verify(id, params, answer) {
      const steps = stepsOf(id);
      if (steps.verify === undefined)
        return unverifiable(`${shower} shows nothing that this could be checked by.`);
      try {
        return await steps.verify(tools, params, answer);
      } catch (error) {
        if (error instanceof HttpFailure) return pending(`It could not be read again yet. ${error.message}`);
        throw error;
      }
    },
  };
}
