import { createHash } from 'node:crypto';

/** An id made of what a message says: the hub gives none, and the same message twice is one (§7.3). */
export const contentId = (content: unknown): string =>
  createHash('sha256').update(JSON.stringify(content, sortedMembers)).digest('base64url').slice(0, 22);

/** The order of members is not to be relied on (§2). */
function sortedMembers(_name: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
