import type { Fact } from '#shared/domain/fact.ts';
import type { DecimalString } from '#shared/money.ts';
import { compare, toDecimal } from '#shared/money.ts';

import { flatRow, isSecretName, plainText, shortText } from '../../lib/clean.ts';

/** A dictionary of which nothing is guaranteed (§7.4). A member is found by the first of several plausible names that has a usable value. */
export interface Members {
  text(names: readonly string[], maxLength: number): string | null;
  /** A positive figure. */
  price(names: readonly string[]): DecimalString | null;
  find<T>(names: readonly string[], read: (value: unknown) => T | null): T | null;
  /** Everything that was not found by one of the above, without secrets. */
  rest(limit?: number): Fact[];
}

const MOST_FACTS = 20;

/** Names compare without case, dots, dashes and underscores; a member of a member goes by its own name as well. */
export function readMembers(data: Readonly<Record<string, unknown>>): Members {
  const entries = Object.entries(flatRow(data)).filter(
    ([name, value]) => value !== null && !isSecretName(name.split('.').at(-1) ?? name),
  );
  const found = new Set<string>();

  function find<T>(names: readonly string[], read: (value: unknown) => T | null): T | null {
    for (const wanted of names.map(bare)) {
      for (const [name, value] of entries) {
        if (bare(name) !== wanted && bare(name.split('.').at(-1) ?? '') !== wanted) continue;
        const result = read(value);
        if (result === null) continue;
        found.add(name);
        return result;
      }
    }
    return null;
  }

  return {
    find,
    text: (names, maxLength) =>
      find(names, (value) => (typeof value === 'string' ? plainText(value, maxLength) || null : null)),
    price: (names) =>
      find(names, (value) => {
        const price = toDecimal(value);
        return price !== null && compare(price, '0') > 0 ? price : null;
      }),
    rest: (limit = MOST_FACTS) =>
      entries
        .filter(([name]) => !found.has(name))
        .slice(0, limit)
        .map(([name, value]) => ({ name: plainText(name, 80), value: plainText(shortText(value), 200) })),
  };
}

const bare = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
