/** A map that forgets what was set longest ago once it holds `limit` entries. */
export function createRecent<V>(limit: number): {
  get(key: string): V | undefined;
  set(key: string, value: V): void;
} {
  const entries = new Map<string, V>();
  return {
    get: (key) => entries.get(key),
    set(key, value) {
      entries.delete(key);
      entries.set(key, value);
      if (entries.size <= limit) return;
      const oldest = entries.keys().next();
      if (oldest.done === false) entries.delete(oldest.value);
    },
  };
}
