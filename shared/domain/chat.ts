import { z } from 'zod';

import { epochMs } from '../time.ts';

export const chatMessage = z.object({
  id: z.string().max(80),
  role: z.enum(['user', 'assistant']),
  content: z.string().max(1_000_000),
  atMs: epochMs,
});
export type ChatMessage = z.infer<typeof chatMessage>;

/** Progress of one streamed answer. `failed` keeps what had arrived; it is never shown as complete. */
export const chatDelta = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), streamId: z.string(), text: z.string() }),
  z.object({ kind: z.literal('done'), streamId: z.string() }),
  z.object({ kind: z.literal('failed'), streamId: z.string(), message: z.string() }),
]);
export type ChatDelta = z.infer<typeof chatDelta>;
