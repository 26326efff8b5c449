import type { FieldDescriptor, ReadDescriptor, ResultView } from '#shared/domain/backend.ts';

import type { Json, Params } from '../port.ts';
import type { Tools } from './act-definition.ts';
import { cleanJson, flatRow } from '../../lib/clean.ts';
import { anyJson } from './protocol.ts';

export interface ReadContext {
  tools: Tools;
  params: Params;
  signal: AbortSignal;
}

/** One thing that CoinRuler can be asked: how it is described, and how its answer is brought into the shape of its view. */
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
  free?: boolean;
}

/** A GET whose answer becomes the view's shape by `shape`; without one it is shown as it is, cleaned. */
export function getRead(
  view: ResultView,
  described: Described,
  path: string | ((params: Params) => string),
  shape: (answer: Json) => Json = cleanJson,
): ReadDefinition {
  return {
    descriptor: descriptorOf(view, described),
    async run({ tools, params, signal }) {
      const target = typeof path === 'string' ? path : path(params);
      return shape(await tools.client.read(target, anyJson, { priority: 'read', signal, timeoutMs: 20_000 }));
    },
  };
}

export function descriptorOf(view: ResultView, described: Described): ReadDescriptor {
  const { id, group, label, help, params = [], caution, free = true } = described;
  return { id, group, label, help, params, view, free, ...(caution === undefined ? {} : { caution }) };
}

/** Rows out of the list that stands under `name`, or of the answer itself where it is a list. */
export const rowsUnder =
  (name: string) =>
  (answer: Json): Json =>
    rows(member(answer, name) ?? answer);

export const rows = (list: Json): Json => (Array.isArray(list) ? list.slice(0, 500).map(flatRow) : []);

/** Rows out of an object whose names are what the rows are about. */
export const rowsByName =
  (column: string, name: string | null = null) =>
  (answer: Json): Json => {
    const entries = name === null ? answer : (member(answer, name) ?? null);
    if (entries === null || typeof entries !== 'object' || Array.isArray(entries)) return [];
    return Object.entries(entries)
      .filter(([key]) => !key.startsWith('_'))
      .slice(0, 500)
      .map(([key, value]) => ({ [column]: key, ...flatRow(value) }));
  };

export function member(value: Json, name: string): Json | undefined {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? value[name] : undefined;
}
