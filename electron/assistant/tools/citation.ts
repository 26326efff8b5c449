import type { Citation } from '#shared/domain/assistant/assistant.ts';
import type { Destination } from '#shared/domain/attention/attention.ts';

import { told } from './rows.ts';

/** So many things are named below an answer, each a way to its place. */
const CITED = 20;

/** Where something that was read stands on the desk, by what it is called. */
interface Source {
  label: string | null;
  place: Destination['place'];
  itemId: string | null;
}

/** What an answer rests on: `label` sums it up, and the first of what was found are named. */
export const citationOf = <T>(
  label: string,
  found: readonly T[],
  sourceOf: (one: T) => Source,
): Omit<Citation, 'tool'> => ({
  label,
  items: found
    .slice(0, CITED)
    .map(sourceOf)
    .map(({ label: name, place, itemId }) => ({
      label: told(name)?.slice(0, 120) ?? '',
      destination: { place, itemId: itemId?.slice(0, 200) ?? null },
    })),
});

export const counted = (count: number, what: string): string =>
  count === 1 ? `One ${what}` : `${count} ${what}s`;
