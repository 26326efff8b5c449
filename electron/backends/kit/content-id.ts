import { hash } from 'node:crypto';

import { cleanJson } from '../../lib/clean.ts';

/** An id made of what a message says, for servers that give none: the same message twice is one, whatever the order of its members. */
export const contentId = (content: unknown): string =>
  hash('sha256', textOf(content), 'base64url').slice(0, 22);

/** What is nested more deeply than the stack reaches is told apart by its upper levels, which is all that the desk keeps of it. */
function textOf(content: unknown): string {
  try {
    return JSON.stringify(content, sortedMembers);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return JSON.stringify(cleanJson(content), sortedMembers);
  }
}

function sortedMembers(_name: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
