/** An object of named members, as a schema of an object takes it: no list, not `null`. */
export const isMembers = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A member that is text where it is there at all. */
export const asText = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
