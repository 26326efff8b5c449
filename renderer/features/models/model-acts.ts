import type { ActDescriptor, BackendKindDescriptor, Concern } from '#shared/domain/backends/backend.ts';
import type { PreparedAct } from '#shared/domain/bots/model.ts';

import type { FieldParams, FieldTexts } from '../../ui/field-values.ts';

/** What can be done with a model, from what its kind of backend describes. */
export interface ModelActs {
  /** Ways to start it. */
  starts: ActDescriptor[];
  stops: ActDescriptor[];
  others: ActDescriptor[];
}

/** The part of a kind that says what it can be told. */
type WithActs = Pick<BackendKindDescriptor, 'acts'>;

export function modelActs(kind: WithActs | undefined): ModelActs {
  const acts = actsOn(kind, 'model');
  return {
    starts: acts.filter(({ risk }) => risk === 'adds'),
    stops: acts.filter(({ risk }) => risk === 'reduces'),
    others: acts.filter(({ risk }) => risk === 'neutral'),
  };
}

export const actsOn = (kind: WithActs | undefined, thing: Concern['thing']): ActDescriptor[] =>
  kind?.acts.filter(({ concerns }) => concerns?.thing === thing) ?? [];

/** The parameters that name a run: its own id, and its model's where the act asks for that too. */
export function fixedForRun(act: ActDescriptor, run: { id: string; modelId: string }): FieldParams {
  const asksModel = act.params.some(({ name }) => name === 'modelId');
  return { ...(asksModel ? { modelId: run.modelId } : {}), ...fixedFor(act, run.id) };
}

/** The parameter that names the thing. */
export const fixedFor = (act: ActDescriptor, id: string): FieldParams =>
  act.concerns === undefined ? {} : { [act.concerns.param]: id };

/** What a form of an act begins with: how it was last sent from here, else how the last run was started. */
export function knownFor(
  act: ActDescriptor,
  last: FieldParams | null,
  again: PreparedAct | null,
): FieldTexts {
  const params: FieldParams = last ?? (again?.act === act.id ? again.params : {});
  return Object.fromEntries(
    Object.entries(params).flatMap(([name, value]) => {
      const text = typeof value === 'string' ? value : value === null ? null : JSON.stringify(value);
      return text === null ? [] : [[name, text]];
    }),
  );
}
