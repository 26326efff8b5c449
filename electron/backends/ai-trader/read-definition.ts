import type { Concern, FieldDescriptor, ReadDescriptor, ResultView } from '#shared/domain/backend.ts';
import { SECOND_MS } from '#shared/time.ts';

import { cleanJson, flatRow } from '../../lib/clean.ts';
import type { Json, Params } from '../port.ts';
import type { Tools } from './act-definition.ts';
import { anyJson } from './protocol.ts';

export interface ReadContext {
  tools: Tools;
  params: Params;
  signal: AbortSignal;
}

/** One thing that AI-Trader can be asked: how it is described, and how its answer is brought into the shape of its view. */
export interface ReadDefinition {
  descriptor: ReadDescriptor;
  run(context: ReadContext): Promise<Json>;
}

export interface Described {
  id: string;
  group: string;
  label: string;
  help: string;
  params?: FieldDescriptor[];
  caution?: string;
  concerns?: Concern;
  free?: boolean;
}

const READ_WITHIN_MS = 20 * SECOND_MS;

export const asked = ({ signal }: ReadContext) =>
  ({ priority: 'read', signal, timeoutMs: READ_WITHIN_MS }) as const;

/** A GET whose answer becomes the view's shape by `shape`; without one it is shown as it is, cleaned. */
export function getRead(
  view: ResultView,
  described: Described,
  path: string | ((params: Params) => string),
  shape: (answer: Json) => Json = cleanJson,
): ReadDefinition {
  return {
    descriptor: descriptorOf(view, described),
    async run(context) {
      const target = typeof path === 'string' ? path : path(context.params);
      return shape(await context.tools.client.read(target, anyJson, asked(context)));
    },
  };
}

export const descriptorOf = (view: ResultView, described: Described): ReadDescriptor => ({
  params: [],
  free: true,
  ...described,
  view,
});

/** Rows out of the list that stands under `name`, or of the answer itself where it is a list. */
export const rowsUnder =
  (name: string) =>
  (answer: Json): Json => {
    const list =
      answer !== null && typeof answer === 'object' && !Array.isArray(answer) ? answer[name] : answer;
    return Array.isArray(list) ? list.slice(0, 500).map(flatRow) : [];
  };
