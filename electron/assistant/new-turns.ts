import type { ChatTurn, ConversationSummary } from '#shared/domain/assistant/assistant.ts';

import { plainText } from '../lib/clean.ts';

const MOST_TITLE = 60;

/** A turn before anything was said in it. */
export const blankTurn = (
  id: string,
  parentId: string | null,
  atMs: number,
): Omit<ChatTurn, 'role' | 'end'> => ({
  id,
  parentId,
  atMs,
  content: '',
  trouble: null,
  by: '',
  citations: [],
  proposals: [],
  usage: null,
});

/** A conversation that is called as it begins. */
export const newConversation = (
  id: string,
  answerer: ConversationSummary['answerer'],
  question: string,
  atMs: number,
): ConversationSummary => ({
  id,
  title: plainText(question.trim().replace(/\s+/g, ' '), MOST_TITLE),
  answerer,
  createdAtMs: atMs,
  updatedAtMs: atMs,
  headId: null,
  questions: 0,
  usage: { inputTokens: 0, outputTokens: 0 },
  untold: 0,
});
