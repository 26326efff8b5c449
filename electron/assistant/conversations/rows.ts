import { z } from 'zod';

import type { ChatTurn, ConversationSummary } from '#shared/domain/assistant/assistant.ts';
import { answerer, chatTurn } from '#shared/domain/assistant/assistant.ts';
import { parseJson } from '#shared/json.ts';

/** What a row holds beside its columns. */
const rest = chatTurn.pick({ trouble: true, by: true, citations: true, proposals: true });

const turnRow = z.object({
  id: z.string(),
  parent_id: z.string().nullable(),
  role: z.string(),
  at_ms: z.number(),
  ended: z.string(),
  content: z.string(),
  rest: z.string(),
  input_tokens: z.number().nullable(),
  output_tokens: z.number().nullable(),
});

const conversationRow = z.object({
  id: z.string(),
  title: z.string(),
  answerer: z.string(),
  created_at_ms: z.number(),
  updated_at_ms: z.number(),
  head_id: z.string().nullable(),
  questions: z.number(),
  input_tokens: z.number(),
  output_tokens: z.number(),
  untold: z.number(),
});

export function restOf(turn: ChatTurn): string {
  const { trouble, by, citations, proposals } = turn;
  return JSON.stringify({ trouble, by, citations, proposals });
}

/** A turn as it was kept; what beside its words cannot be read any more is left away. `null`: no turn at all. */
export function readTurn(row: unknown): ChatTurn | null {
  const { data: columns } = turnRow.safeParse(row);
  if (columns === undefined) return null;
  const { input_tokens: inputTokens, output_tokens: outputTokens } = columns;
  const kept = rest.safeParse(parseJson(columns.rest)).data;
  return (
    chatTurn.safeParse({
      id: columns.id,
      parentId: columns.parent_id,
      role: columns.role,
      content: columns.content,
      atMs: columns.at_ms,
      end: columns.ended,
      ...(kept ?? { trouble: null, by: '', citations: [], proposals: [] }),
      usage: inputTokens === null || outputTokens === null ? null : { inputTokens, outputTokens },
    }).data ?? null
  );
}

export function readSummary(row: unknown): ConversationSummary | null {
  const { data: columns } = conversationRow.safeParse(row);
  const who = answerer.safeParse(parseJson(columns?.answerer ?? '')).data;
  if (columns === undefined || who === undefined) return null;
  return {
    id: columns.id,
    title: columns.title,
    answerer: who,
    createdAtMs: columns.created_at_ms,
    updatedAtMs: columns.updated_at_ms,
    headId: columns.head_id,
    questions: columns.questions,
    usage: { inputTokens: columns.input_tokens, outputTokens: columns.output_tokens },
    untold: columns.untold,
  };
}
