import { z } from 'zod';

import type { TokenUsage } from '#shared/domain/assistant/assistant.ts';
import { tokenUsage } from '#shared/domain/assistant/assistant.ts';

/** A text, or a list of parts of which some are text: thinking that is sent as a part is none. */
const wireText = z
  .union([
    z.string(),
    z
      .array(z.object({ text: z.string().nullish() }))
      .max(1_000)
      .transform((parts) => parts.map(({ text }) => text ?? '').join('')),
  ])
  .nullish()
  .transform((text) => text ?? '');

/** Ids are sent back as they came; some servers hide a signature of thousands of letters in them. */
const wireCall = z
  .object({
    index: z.number().int().min(0).max(1_000).nullish().catch(null),
    id: z.string().max(20_000).nullish(),
    function: z
      .object({
        name: z.string().max(200).nullish(),
        arguments: z.union([z.string(), z.record(z.string(), z.unknown())]).nullish(),
      })
      .nullish(),
  })
  .transform(({ index, id, function: part }) => ({
    index: index ?? null,
    id: id ?? '',
    name: part?.name ?? '',
    arguments:
      typeof part?.arguments === 'string'
        ? part.arguments
        : part?.arguments
          ? JSON.stringify(part.arguments)
          : '',
  }));
export type WireCall = z.output<typeof wireCall>;

const wireMessage = z.object({
  content: wireText,
  /** What a model says instead of an answer. */
  refusal: z.string().nullish(),
  tool_calls: z.array(wireCall).max(200).nullish(),
  /** Under one of these names servers send what a model thinks; none of it is part of its answer. */
  reasoning_content: z.unknown().optional(),
  reasoning: z.unknown().optional(),
});

/** One piece of a streamed answer ("chat.completion.chunk"), or a whole one with its `message`, as much of it as is used. */
export const wireChunk = z.object({
  choices: z
    .array(
      z.object({
        delta: wireMessage.nullish(),
        message: wireMessage.nullish(),
        finish_reason: z.string().max(100).nullish(),
      }),
    )
    .max(8)
    .nullish(),
  usage: z.unknown().optional(),
  /** `error` where some servers send a failure as if it were a piece. */
  object: z.string().nullish().catch(null),
  message: z.string().nullish().catch(null),
});

const wireUsage = z.object({
  prompt_tokens: z.unknown().optional(),
  completion_tokens: z.unknown().optional(),
});

const MOST_TOKENS = 1_000_000_000;

/** What an answer took, or `null` where the server does not tell it in numbers that can be: no question takes nothing. */
export function readUsage(told: unknown): TokenUsage | null {
  const { data } = wireUsage.safeParse(told);
  if (data === undefined) return null;
  const usage = tokenUsage.safeParse({
    inputTokens: data.prompt_tokens,
    outputTokens: data.completion_tokens,
  }).data;
  if (usage === undefined || usage.inputTokens === 0) return null;
  if (usage.inputTokens > MOST_TOKENS || usage.outputTokens > MOST_TOKENS) return null;
  return usage;
}

const wireModel = z.object({ id: z.string().min(1).max(200) });
const wireList = z.array(z.unknown()).max(10_000);

/** A list of models by their names: some servers send it bare, and one that has none as `null`. Names that can be none are left out. */
export const wireModels = z
  .union([z.object({ data: wireList.nullable() }).transform(({ data }) => data ?? []), wireList])
  .transform((list) => list.flatMap((one) => wireModel.safeParse(one).data?.id ?? []));
