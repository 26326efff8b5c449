import type { ConnectionTestStep } from '#shared/domain/backends/backend.ts';
import { parseJson } from '#shared/json.ts';
import { SECOND_MS } from '#shared/time.ts';

import { HttpFailure } from '../../connections/port.ts';
import type { Step } from '../../lib/connection-steps.ts';
import { resolveName, StepFailed, StepSkipped, walkSteps } from '../../lib/connection-steps.ts';
import type { BackendContext } from '../port.ts';
import { createBook } from './book.ts';
import type { AskOptions, Client } from './client.ts';
import { createClient } from './client.ts';
import { anyJson } from '../kit/reading.ts';
import { wireEvent } from './protocol.ts';
import { createRereads } from './rereads.ts';
import { AnswerFailure } from './trouble.ts';

const ASK = { priority: 'read', timeoutMs: 8 * SECOND_MS } as const;

/** Walks from the name to the first frame of a stream and stops at the first step that fails. Acts on nothing. */
export async function testConnection(context: BackendContext): Promise<ConnectionTestStep[]> {
  const client = createClient(context);
  try {
    return await walkSteps(stepsOf(context, client), (error) =>
      error instanceof HttpFailure ? error.message : null,
    );
  } finally {
    client.dispose();
  }
}

function stepsOf(context: BackendContext, client: Client): Step[] {
  const now = (): number => context.clock.now();
  const book = createBook({ backendId: context.config.id, now, emit: () => undefined });
  const rereads = createRereads({ client, book, now, onEnded: () => undefined, onBadAnswer: fail });
  return [
    { name: 'Name', run: () => resolveName(context.config) },
    { name: 'Connection', run: () => reachServer(context, ASK) },
    {
      name: 'Sign-in',
      async run() {
        await client.session.token();
        return 'The account was accepted.';
      },
    },
    {
      name: 'Models',
      async run() {
        await rereads.allActivity(ASK);
        const [models, active] = [book.ids().length, book.active().length];
        return models === 0 ? 'The account owns no models yet.' : `${models} models, ${active} at work.`;
      },
    },
    {
      name: 'Stream',
      async run() {
        const [active] = book.active();
        if (active === undefined) throw new StepSkipped('No model runs, so there is nothing to listen to.');
        return firstFrame(client, active.modelId);
      },
    },
  ];
}

function fail(message: string): never {
  throw new StepFailed(message);
}

/** Reaches the server without signing in; what it says of its health does not matter (it always says the same). */
export async function reachServer(
  { config, connections }: Pick<BackendContext, 'config' | 'connections'>,
  ask: AskOptions & { timeoutMs: number },
): Promise<string> {
  const http = connections.http({ baseUrl: config.address, allowPlainHttp: config.allowPlainHttp });
  try {
    const answer = await http.request({ method: 'GET', path: '/api/health', ...ask });
    if (answer.kind === 'text')
      fail('Something answers there that is not AI-Trader: a page instead of data.');
    if (answer.status !== 200) fail(`AI-Trader answers with trouble of its own (${answer.status}).`);
    anyJson.parse(answer.body);
    return config.address.startsWith('https:') ? 'AI-Trader answers, encrypted.' : 'AI-Trader answers.';
  } finally {
    http.dispose();
  }
}

/** The server greets every listener at once; a proxy that holds the stream back is found here. */
async function firstFrame(client: Client, modelId: string): Promise<string> {
  const stop = new AbortController();
  const limits = { timeoutMs: 8 * SECOND_MS, idleTimeoutMs: 8 * SECOND_MS, signal: stop.signal };
  try {
    for await (const { data } of client.events(`/api/trading/stream/${modelId}`, {}, limits)) {
      if (wireEvent.safeParse(parseJson(data)).data?.type === 'connected')
        return 'The stream opened and greeted.';
      fail('Something streams there, but it is not AI-Trader.');
    }
  } catch (error) {
    if (error instanceof AnswerFailure) fail(error.message);
    throw error;
  } finally {
    stop.abort();
  }
  return fail('The stream ended before its first event.');
}
