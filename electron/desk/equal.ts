/** Structural equality of JSON-like values: an entry that did not change makes no patch, so that nothing repaints. */
export function isEqual(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [names, others] = [Object.keys(a), Object.keys(b)];
  if (names.length !== others.length) return false;
  return names.every((name, index) => {
    // Two of a kind mostly have their members in the same order.
    const isThere = others[index] === name || Object.hasOwn(b, name);
    return isThere && isEqual(memberOf(a, name), memberOf(b, name));
  });
}

const memberOf = (value: object, name: string): unknown => (value as Record<string, unknown>)[name];
