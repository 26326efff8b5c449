import { createHash } from 'node:crypto';

/** An id made of what a message says: the same message twice is one. */
export const contentId = (content: readonly unknown[]): string =>
  createHash('sha256').update(JSON.stringify(content)).digest('base64url').slice(0, 22);
