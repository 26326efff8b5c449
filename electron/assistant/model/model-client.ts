import type { OpenAI } from 'openai';
import type { ChatCompletionMessageParam, ChatCompletionTool } from 'openai/resources/chat/completions';

import type { TokenUsage } from '#shared/domain/assistant/assistant.ts';
import { MINUTE_MS, SECOND_MS } from '#shared/time.ts';

import type { Clock } from '../../lib/clock.ts';
import type { ToolCall } from './calls.ts';
import { createCallGatherer } from './calls.ts';
import type { Endpoint } from './endpoint.ts';
import { ModelFailure } from './failure.ts';
import { failureOf, failureSaid, saysOf } from './failure-words.ts';
import { createGuardedFetch } from './guarded-fetch.ts';
import { createPatience } from './patience.ts';
import { readUsage, wireChunk, wireModels } from './wire.ts';

export type ModelMessage = ChatCompletionMessageParam;
export type ModelTool = ChatCompletionTool;

export interface Round {
  calls: ToolCall[];
  /** `null`: it ended as it should. Else what is to be known about it, in words. */
  note: string | null;
  usage: TokenUsage | null;
  /** It came piece by piece, and not as one document. */
  streamed: boolean;
}

/** One server and one key. Everything that it rejects with is a `ModelFailure`. */
export interface ModelClient {
  models(signal: AbortSignal): Promise<string[]>;
  /** One answer, from a question to an end or to calls. Resolves only when the server said that it is whole. */
  round(
    asked: { model: string; messages: ModelMessage[]; tools: ModelTool[] },
    onText: (text: string) => void,
    signal: AbortSignal,
  ): Promise<Round>;
}

/** A local model may have to be loaded first, which takes minutes on a slow disk. */
const FIRST_WORD_MS = 3 * MINUTE_MS;
/** What a server adds behind the end of an answer comes at once or not at all. */
const AFTERWARDS_MS = 5 * SECOND_MS;
const MODELS_MS = 15 * SECOND_MS;

export function createModelClient(parts: {
  endpoint: Endpoint;
  key: string | null;
  clock: Clock;
}): ModelClient {
  const { endpoint, key, clock } = parts;
  /** Of calls, over all rounds: servers that number theirs anew in each round would mix them up. */
  const takenIds = new Set<string>();

  async function open(onHeard: () => void): Promise<OpenAI> {
    // The library takes a tenth of a second to load, which no start waits for.
    const { OpenAI: Client } = await import('openai');
    // Everything is said here, so that nothing of it is taken from the environment.
    return new Client({
      baseURL: endpoint.baseUrl,
      apiKey: key ?? 'none',
      adminAPIKey: null,
      organization: null,
      project: null,
      webhookSecret: null,
      maxRetries: 0,
      logLevel: 'off',
      // Our own clock ends what takes too long; the library's waits on the machine's.
      timeout: 2 ** 31 - 1,
      fetch: createGuardedFetch({ endpoint, key, onHeard }),
    });
  }

  /** Runs with a patience that begins anew with each byte, and turns whatever goes wrong into words. */
  async function patiently<T>(
    signal: AbortSignal,
    firstMs: number,
    run: (client: OpenAI, patience: ReturnType<typeof createPatience>) => Promise<T>,
  ): Promise<T> {
    const patience = createPatience(clock, firstMs);
    signal.addEventListener('abort', patience.abort, { once: true });
    if (signal.aborted) patience.abort();
    try {
      return await run(await open(patience.heard), patience);
    } catch (error) {
      throw patience.lateness() ?? (await failureOf(error));
    } finally {
      signal.removeEventListener('abort', patience.abort);
      patience.end();
    }
  }

  return {
    models: (signal) =>
      patiently(signal, MODELS_MS, async (client, patience) => {
        const answer: unknown = await client.get('/models', { signal: patience.signal });
        const list = wireModels.safeParse(answer).data;
        if (list === undefined)
          throw new ModelFailure('not-an-answer', 'The server does not list its models as it should.');
        return list;
      }),
    round: (asked, onText, signal) =>
      patiently(signal, FIRST_WORD_MS, async (client, patience) => {
        const stream = await ask(client, asked, patience.signal);
        const round = createRound(onText);
        try {
          for await (const raw of stream) {
            const wasOver = round.isOver();
            if (round.take(raw)) patience.said();
            // What is broken behind the end, or never closes, is the server's own matter.
            if (round.isTold()) break;
            if (round.isOver() && !wasOver) patience.shorten(AFTERWARDS_MS);
          }
        } catch (error) {
          // The answer is whole: what is broken behind it costs the figures, not the words.
          if (!round.isOver()) throw error;
        }
        return round.end(takenIds);
      }),
  };
}

/** Asks for a stream. Servers that do not know how to be asked for figures are asked again without. */
async function ask(
  client: OpenAI,
  { model, messages, tools }: { model: string; messages: ModelMessage[]; tools: ModelTool[] },
  signal: AbortSignal,
): Promise<AsyncIterable<unknown>> {
  const question = { model, messages, stream: true, ...(tools.length === 0 ? {} : { tools }) } as const;
  const figures = { stream_options: { include_usage: true } };
  try {
    return await client.chat.completions.create({ ...question, ...figures }, { signal });
  } catch (error) {
    if (!saysOf(error).includes('stream_options')) throw error;
    return client.chat.completions.create(question, { signal });
  }
}

/** One answer as its pieces come. */
function createRound(onText: (text: string) => void) {
  const calls = createCallGatherer();
  let finish: string | null = null;
  let usage: TokenUsage | null = null;
  /** Figures before the end are of an answer that goes on. */
  let usageIsLast = false;
  let streamed = true;

  return {
    /** Whether it was told something. Throws a `ModelFailure` for what is no piece of an answer. */
    take(raw: unknown): boolean {
      const { data: chunk } = wireChunk.safeParse(raw);
      if (chunk === undefined)
        throw new ModelFailure('not-an-answer', 'The server sent something that is not part of an answer.');
      if (chunk.object === 'error') throw failureSaid(raw);
      const choice = chunk.choices?.[0];
      if (choice?.finish_reason === 'error') throw failureSaid(raw);
      if (choice?.message) streamed = false;
      const said = choice?.delta ?? choice?.message;
      const text = (said?.content ?? '') + (said?.refusal ?? '');
      if (text !== '') onText(text);
      for (const part of said?.tool_calls ?? []) calls.add(part);
      if (choice?.finish_reason) finish ??= choice.finish_reason;
      // One document is whole by being there.
      else if (choice?.message) finish ??= 'stop';
      if (chunk.usage !== undefined && chunk.usage !== null) {
        usage = readUsage(chunk.usage);
        usageIsLast = finish !== null;
      }
      const thinks = Boolean(said?.reasoning_content) || Boolean(said?.reasoning);
      return text !== '' || thinks || Boolean(said?.tool_calls?.length) || finish !== null;
    },
    isOver: (): boolean => finish !== null,
    isTold: (): boolean => finish !== null && usageIsLast,
    end(takenIds: Set<string>): Round {
      if (finish === null)
        throw new ModelFailure('broken-off', 'The answer broke off before it was complete.');
      return { calls: calls.gathered(takenIds), note: noteOf(finish), usage, streamed };
    },
  };
}

function noteOf(finish: string): string | null {
  if (finish === 'length') return 'The server cut it at its limit of length.';
  if (finish === 'content_filter') return 'The server held part of it back.';
  return null;
}
