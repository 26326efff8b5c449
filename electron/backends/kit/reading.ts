import { z } from 'zod';

import type { ReadDescriptor, ResultView } from '#shared/domain/backends/backend.ts';
import { SECOND_MS } from '#shared/time.ts';

import { cleanJson, flatRow } from '../../lib/clean.ts';
import type { Json, Params } from '../port.ts';

export interface ReadContext<Tools> {
  tools: Tools;
  params: Params;
  signal: AbortSignal;
}

/** One thing that a backend can be asked: how it is described, and how its answer is brought into the shape of its view. */
export interface ReadDefinition<Tools> {
  descriptor: ReadDescriptor;
  run(context: ReadContext<Tools>): Promise<Json>;
}

export type Described = Pick<ReadDescriptor, 'id' | 'group' | 'label' | 'help'> &
  Partial<Pick<ReadDescriptor, 'params' | 'caution' | 'concerns' | 'tells' | 'figures' | 'free'>>;

export const anyJson = z.json();

const READ_WITHIN_MS = 20 * SECOND_MS;

/** How a read that a person asked for is sent. */
export const asked = ({ signal }: Pick<ReadContext<unknown>, 'signal'>) =>
  ({ priority: 'read', signal, timeoutMs: READ_WITHIN_MS }) as const;

export const descriptorOf = (view: ResultView, described: Described): ReadDescriptor => ({
  params: [],
  free: true,
  ...described,
  view,
});

interface ToolsThatRead {
  client: { read(path: string, schema: typeof anyJson, options: ReturnType<typeof asked>): Promise<Json> };
}

/** A GET whose answer becomes the view's shape by `shape`; without one it is shown as it is, cleaned. */
export function getRead(
  view: ResultView,
  described: Described,
  path: string | ((params: Params) => string),
  shape: (answer: Json) => Json = cleanJson,
): ReadDefinition<ToolsThatRead> {
  return {
    descriptor: descriptorOf(view, described),
    async run(context) {
      const target = typeof path === 'string' ? path : path(context.params);
      return shape(await context.tools.client.read(target, anyJson, asked(context)));
    },
  };
}

/** Answers reads of this list by their id, in the shape of their view. Rejects in a person's words. */
export function readsFrom<Tools>(definitions: readonly ReadDefinition<Tools>[], name: string) {
  const byId = new Map(definitions.map((definition) => [definition.descriptor.id, definition]));
  return async (tools: Tools, id: string, params: Params, signal: AbortSignal): Promise<Json> => {
    const definition = byId.get(id);
    if (definition === undefined) throw new Error(`${name} cannot be asked for “${id}”.`);
    return definition.run({ tools, params, signal });
  };
}

export const rows = (list: Json): Json => (Array.isArray(list) ? list.slice(0, 500).map(flatRow) : []);

/** Rows out of the list that stands under `name`, or of the answer itself where it is a list. */
export const rowsUnder =
  (name: string) =>
  (answer: Json): Json =>
    rows(member(answer, name) ?? answer);

export function member(value: Json, name: string): Json | undefined {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? value[name] : undefined;
}
