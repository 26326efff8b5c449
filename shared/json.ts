/** The value that a text from outside holds; `undefined` where it is no JSON. Never throws. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

export type Members = Readonly<Record<string, unknown>>;

/** An object of named members, as a schema of an object takes it: no list, not `null`. */
export const isMembers = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The named members of what may be anything; `null` where it has none. */
export const membersOf = (value: unknown): Members | null => (isMembers(value) ? value : null);

/** A member that is text where it is there at all. */
export const asText = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
