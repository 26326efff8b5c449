import { createHash } from 'node:crypto';

/** An id made of what an event says: the server gives none, and sends the same event twice (§5). */
export const contentId = (content: unknown): string =>
  createHash('sha256').update(JSON.stringify(content)).digest('base64url').slice(0, 22);
