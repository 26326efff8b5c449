/**
 * A map that remembers at least the `limit` entries that were set last, and never more than twice as many. Entries live in two
 * generations, so that setting one anew moves nothing.
 */
export function createRecent<V>(limit: number): {
  get(key: string): V | undefined;
  set(key: string, value: V): void;
} {
  let young = new Map<string, V>();
  let old = new Map<string, V>();
  return {
    get: (key) => young.get(key) ?? old.get(key),
    set(key, value) {
      young.set(key, value);
      if (young.size < limit) return;
      old = young;
      young = new Map();
    },
  };
}

/** The same for keys alone: `add` says whether the key is new, as far as is remembered. */
export function createSeen(limit: number): { has(key: string): boolean; add(key: string): boolean } {
  const recent = createRecent<true>(limit);
  const has = (key: string): boolean => recent.get(key) === true;
  return {
    has,
    add(key) {
      const isNew = !has(key);
      recent.set(key, true);
      return isNew;
    },
  };
}
