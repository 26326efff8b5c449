import { z } from 'zod';

import type { TokenUsage } from '#shared/domain/assistant/assistant.ts';
import { tokenUsage } from '#shared/domain/assistant/assistant.ts';

/** One piece of a streamed answer ("chat.completion.chunk"), as much of it as is used. */
export const wireChunk = z.object({
  choices: z
    .array(
      z.object({
        delta: z
          .object({
            content: z.string().nullish(),
            tool_calls: z
              .array(
                z.object({
                  index: z.number().int().min(0).max(1_000).nullish(),
                  id: z.string().max(200).nullish(),
                  function: z
                    .object({ name: z.string().max(200).nullish(), arguments: z.string().nullish() })
                    .nullish(),
                }),
              )
              .nullish(),
          })
          .nullish(),
        finish_reason: z.string().max(100).nullish(),
      }),
    )
    .max(8)
    .nullish(),
  usage: z.unknown().optional(),
});

const wireUsage = z.object({
  prompt_tokens: z.unknown().optional(),
  completion_tokens: z.unknown().optional(),
});

const MOST_TOKENS = 1_000_000_000;

/** What an answer took, or `null` where the server does not tell it in numbers that can be. */
export function readUsage(told: unknown): TokenUsage | null {
  const { data } = wireUsage.safeParse(told);
  if (data === undefined) return null;
  const usage = tokenUsage.safeParse({
    inputTokens: data.prompt_tokens,
    outputTokens: data.completion_tokens,
  }).data;
  if (usage === undefined || usage.inputTokens > MOST_TOKENS || usage.outputTokens > MOST_TOKENS) return null;
  return usage;
}

export const wireModels = z.object({
  data: z.array(z.object({ id: z.string().min(1).max(200) })).max(10_000),
});
