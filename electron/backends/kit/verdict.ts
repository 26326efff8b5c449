import type { z } from 'zod';

import type { MessageVerdict } from '../../connections/port.ts';

export const DATA: MessageVerdict = { kind: 'data' };
/** It shows that the link lives, and brings nothing. */
export const KEEP_ALIVE: MessageVerdict = { kind: 'keep-alive' };
export const rejected = (reason: string): MessageVerdict => ({ kind: 'rejected', reason });

/**
 * Hands what a message carries to `use` as its schema reads it, or rejects the message, naming the member that is not as
 * expected (D5). `plain` is what a faster reader made of it; `null` where the schema has to look.
 */
export function usePayload<S extends z.ZodType>(
  message: { name: string; payload: unknown },
  schema: S,
  use: (wire: z.output<S>) => MessageVerdict,
  plain: z.output<S> | null = null,
): MessageVerdict {
  if (plain !== null) return use(plain);
  const parsed = schema.safeParse(message.payload);
  if (parsed.success) return use(parsed.data);
  return rejected(`${message.name}: unexpected ${parsed.error.issues[0]?.path.join('.') || 'data'}`);
}
