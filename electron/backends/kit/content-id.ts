import { hash } from 'node:crypto';

/** An id made of what a message says, for servers that give none: the same message twice is one, whatever the order of its members. */
export const contentId = (content: unknown): string =>
  hash('sha256', JSON.stringify(content, sortedMembers), 'base64url').slice(0, 22);

function sortedMembers(_name: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
