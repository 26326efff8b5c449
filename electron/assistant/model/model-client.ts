import type { OpenAI } from 'openai';
import type { ChatCompletionMessageParam, ChatCompletionTool } from 'openai/resources/chat/completions';

import type { TokenUsage } from '#shared/domain/assistant/assistant.ts';
import { MINUTE_MS, SECOND_MS } from '#shared/time.ts';

import type { Clock } from '../../lib/clock.ts';
import type { Endpoint } from './endpoint.ts';
import { ModelFailure } from './failure.ts';
import { failureOf } from './failure-words.ts';
import { createGuardedFetch } from './guarded-fetch.ts';
import { readUsage, wireChunk, wireModels } from './wire.ts';

export type ModelMessage = ChatCompletionMessageParam;
export type ModelTool = ChatCompletionTool;

/** A call as the model wrote it; nothing about it is checked. */
export interface ToolCall {
  id: string;
  name: string;
  argumentsJson: string;
}

export interface Round {
  calls: ToolCall[];
  /** `null`: it ended as it should. Else what is to be known about it, in words. */
  note: string | null;
  usage: TokenUsage | null;
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
const SILENCE_MS = 90 * SECOND_MS;
/** What a server adds behind the end of an answer comes at once or not at all. */
const AFTERWARDS_MS = 5 * SECOND_MS;
const MODELS_MS = 15 * SECOND_MS;
const MOST_CALLS = 16;
const MOST_ARGUMENTS = 20_000;

export function createModelClient(parts: {
  endpoint: Endpoint;
  key: string | null;
  clock: Clock;
}): ModelClient {
  const { endpoint, key, clock } = parts;

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
    run: (client: OpenAI, ended: AbortController, wait: (ms: number) => void) => Promise<T>,
  ): Promise<T> {
    const ended = new AbortController();
    const stop = (): void => ended.abort();
    const lateness: { failure: ModelFailure | null } = { failure: null };
    let forget = (): void => {};
    const wait = (
      ms: number,
      failure = new ModelFailure('silent', `The server has sent nothing for ${ms / SECOND_MS} s.`),
    ): void => {
      forget();
      forget = clock.after(ms, () => {
        lateness.failure = failure;
        ended.abort();
      });
    };
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    wait(
      firstMs,
      new ModelFailure('no-answer', `The server did not answer within ${firstMs / SECOND_MS} s.`),
    );
    const patience = { current: SILENCE_MS };
    try {
      return await run(await open(() => wait(patience.current)), ended, (ms) => {
        patience.current = ms;
        wait(ms);
      });
    } catch (error) {
      throw lateness.failure ?? (await failureOf(error));
    } finally {
      forget();
      signal.removeEventListener('abort', stop);
      ended.abort();
    }
  }

  return {
    models: (signal) =>
      patiently(signal, MODELS_MS, async (client, ended) => {
        const answer: unknown = await client.get('/models', { signal: ended.signal });
        const list = wireModels.safeParse(answer).data;
        if (list === undefined)
          throw new ModelFailure('not-an-answer', 'The server does not list its models as it should.');
        return list.data.map(({ id }) => id);
      }),
    round: ({ model, messages, tools }, onText, signal) =>
      patiently(signal, FIRST_WORD_MS, async (client, ended, wait) => {
        const stream = await client.chat.completions.create(
          {
            model,
            messages,
            stream: true,
            stream_options: { include_usage: true },
            ...(tools.length === 0 ? {} : { tools }),
          },
          { signal: ended.signal },
        );
        const calls = createCallGatherer();
        let finish: string | null = null;
        let usage: TokenUsage | null = null;
        try {
          for await (const raw of stream as AsyncIterable<unknown>) {
            const { data: chunk } = wireChunk.safeParse(raw);
            if (chunk === undefined)
              throw new ModelFailure(
                'not-an-answer',
                'The server sent something that is not part of an answer.',
              );
            if (chunk.usage !== undefined && chunk.usage !== null) usage = readUsage(chunk.usage);
            const choice = chunk.choices?.[0];
            if (choice?.delta?.content) onText(choice.delta.content);
            for (const part of choice?.delta?.tool_calls ?? []) calls.add(part);
            if (choice?.finish_reason && finish === null) {
              finish = choice.finish_reason;
              wait(AFTERWARDS_MS);
            }
            // It told all there is; whether it closes is its own matter.
            if (finish !== null && usage !== null) break;
          }
        } catch (error) {
          // The answer is whole: what is broken behind it costs the figures, not the words.
          if (finish === null) throw error;
        }
        if (finish === null)
          throw new ModelFailure('broken-off', 'The answer broke off before it was complete.');
        return { calls: calls.gathered(), note: noteOf(finish), usage };
      }),
  };
}

function noteOf(finish: string): string | null {
  if (finish === 'length') return 'The server cut it at its limit of length.';
  if (finish === 'content_filter') return 'The server held part of it back.';
  return null;
}

interface CallPart {
  index?: number | null | undefined;
  id?: string | null | undefined;
  function?: { name?: string | null | undefined; arguments?: string | null | undefined } | null | undefined;
}

/** Calls come in fragments: the first names the tool, the following bring its parameters a few letters each. */
function createCallGatherer() {
  const byIndex = new Map<number, ToolCall>();
  return {
    add({ index, id, function: part }: CallPart): void {
      // Servers that send calls whole leave the index out.
      const at = index ?? (part?.name ? byIndex.size : byIndex.size - 1);
      const call = byIndex.get(at) ?? { id: '', name: '', argumentsJson: '' };
      if (!byIndex.has(at) && byIndex.size >= MOST_CALLS)
        throw new ModelFailure('too-large', `The model asked for more than ${MOST_CALLS} things at once.`);
      if (id) call.id = id;
      if (part?.name) call.name = part.name;
      call.argumentsJson += part?.arguments ?? '';
      if (call.argumentsJson.length > MOST_ARGUMENTS)
        throw new ModelFailure('too-large', 'The model asked for something that is longer than it can be.');
      byIndex.set(at, call);
    },
    gathered: (): ToolCall[] =>
      [...byIndex.entries()]
        .sort(([a], [b]) => a - b)
        .map(([at, call]) => ({ ...call, id: call.id || `call-${at}` })),
  };
}
