import { z } from 'zod';

import { epochMs } from '../../epoch-ms.ts';

/** One message as a backend's chat is sent it. */
export const chatMessage = z.object({
  id: z.string().max(80),
  role: z.enum(['user', 'assistant']),
  content: z.string().max(1_000_000),
  atMs: epochMs,
});
export type ChatMessage = z.infer<typeof chatMessage>;
