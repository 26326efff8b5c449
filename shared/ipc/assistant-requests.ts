import { z } from 'zod';

import type { Conversation, ConversationList } from '../domain/assistant/assistant.ts';
import { answerer } from '../domain/assistant/assistant.ts';
import type { ConnectionTestStep } from '../domain/backends/backend.ts';
import { request } from './request.ts';

const id = z.string().min(8).max(80);
const key = z.string().max(1_000);

/** What the window asks the assistant. */
export const assistantRequests = {
  /** The newest conversations; with a text those in which it stands. */
  'assistant.conversations': request<ConversationList>()(z.object({ text: z.string().max(200) })),
  'assistant.open': request<Conversation>()(z.object({ conversationId: id })),
  /**
   * Asks a question below a turn (`null`: as the first). Below another turn than the last it is a branch. An unknown
   * conversation begins with it. The answer arrives as events.
   */
  'assistant.ask': request<null>()(
    z.object({
      conversationId: id,
      answerer,
      parentId: id.nullable(),
      turnId: id,
      question: z.string().trim().min(1).max(20_000),
    }),
  ),
  /** Asks for another answer to a question. */
  'assistant.retry': request<null>()(z.object({ conversationId: id, questionId: id })),
  'assistant.stop': request<null>()(z.object({ conversationId: id })),
  'assistant.show-branch': request<null>()(z.object({ conversationId: id, headId: id })),
  'assistant.rename': request<null>()(
    z.object({ conversationId: id, title: z.string().trim().min(1).max(120) }),
  ),
  'assistant.remove': request<null>()(z.object({ conversationId: id })),

  /** The person's answer to a card. A decision on a proposal is a command of its own. */
  'assistant.settle-proposal': request<null>()(
    z.object({ conversationId: id, turnId: id, proposalId: id, answer: z.enum(['take', 'dismiss']) }),
  ),

  /** Opens an address that stands in that answer, which the person was shown, in the system's browser. */
  'assistant.open-link': request<null>()(
    z.object({ conversationId: id, turnId: id, address: z.url({ protocol: /^https?$/ }).max(2_000) }),
  ),

  /** Tries an address with the key as typed, or else as kept. Says what it found, step by step. */
  'assistant.test': request<{ steps: ConnectionTestStep[]; models: string[] }>()(
    z.object({ address: z.string().max(500), model: z.string().max(200), key }),
  ),
  /** The key goes in and never comes back. It is kept for this address alone; the empty text takes it away. */
  'assistant.set-key': request<null>()(z.object({ address: z.string().max(500), key })),
  /** Whether a key is kept, and for which address. */
  'assistant.key': request<{ origin: string | null }>()(z.object({})),
} as const;
