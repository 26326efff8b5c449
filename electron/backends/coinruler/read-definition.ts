import { flatRow } from '../../lib/clean.ts';
import type { ReadContext as ContextOf, ReadDefinition as DefinitionOf } from '../kit/reading.ts';
import { member } from '../kit/reading.ts';
import type { Json } from '../port.ts';
import type { Tools } from './act-definition.ts';

export type ReadContext = ContextOf<Tools>;
export type ReadDefinition = DefinitionOf<Tools>;

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
