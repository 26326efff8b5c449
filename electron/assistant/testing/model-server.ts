import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What one request is answered with. Writes what it wants; a stream that it leaves open hangs. */
export type Reply = (response: ServerResponse, asked: Asked) => void | Promise<void>;

export interface Asked {
  path: string;
  headers: IncomingMessage['headers'];
  body: {
    model?: string;
    stream?: boolean;
    stream_options?: unknown;
    messages?: { role: string; content: string | null; tool_calls?: unknown; tool_call_id?: string }[];
    tools?: { function: { name: string; parameters: unknown } }[];
  };
}

export interface ModelServer {
  /** As a person types it. */
  address: string;
  asked: Asked[];
  /** What `/models` lists; a reply answers it in its own way. */
  models: string[] | Reply;
  /** The next questions are answered with these in turn, all later ones with the last. */
  play(...replies: Reply[]): void;
  close(): Promise<void>;
}

/** A real server that speaks as OpenAI's chat completions do, as well or as badly as it is told. */
export async function startModelServer(): Promise<ModelServer> {
  let replies: Reply[] = [says('Hello.')];
  const server = createServer((request, response) => {
    void answer(request, response).catch(() => response.destroy());
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = '';
    for await (const piece of request.setEncoding('utf8')) text += String(piece);
    const asked: Asked = {
      path: request.url ?? '',
      headers: request.headers,
      body: text === '' ? {} : (JSON.parse(text) as Asked['body']),
    };
    self.asked.push(asked);
    if (asked.path.endsWith('/models')) {
      if (typeof self.models === 'function') return self.models(response, asked);
      const data = self.models.map((id) => ({ id, object: 'model' }));
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ object: 'list', data }));
      return;
    }
    const reply = (replies.length > 1 ? replies.shift() : replies[0])!;
    return reply(response, asked);
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const self: ModelServer = {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    asked: [],
    models: ['test-model', 'other-model'],
    play(...next) {
      replies = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return self;
}

/** Begins a stream as a server does. */
export function beginStream(response: ServerResponse): void {
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache',
  });
}

export function sendChunk(response: ServerResponse, chunk: object): void {
  response.write(
    `data: ${JSON.stringify({ object: 'chat.completion.chunk', id: 'c', created: 1, ...chunk })}\n\n`,
  );
}

export const sendText = (response: ServerResponse, content: string): void =>
  sendChunk(response, { choices: [{ index: 0, delta: { content }, finish_reason: null }] });

/** Ends as OpenAI does: the reason, then what it took in a chunk of its own, then the sentinel. `null` tells no figures. */
export function endStream(
  response: ServerResponse,
  {
    reason = 'stop',
    usage = { prompt_tokens: 120, completion_tokens: 30 },
  }: { reason?: string; usage?: unknown } = {},
): void {
  sendChunk(response, { choices: [{ index: 0, delta: {}, finish_reason: reason }] });
  if (usage !== null) sendChunk(response, { choices: [], usage });
  response.end('data: [DONE]\n\n');
}

/** A whole answer in pieces of a few letters. */
export function says(text: string, end: Parameters<typeof endStream>[1] = {}): Reply {
  return (response) => {
    beginStream(response);
    for (const piece of text.match(/[^]{1,7}/gu) ?? []) sendText(response, piece);
    endStream(response, end);
  };
}

/** Calls tools, their parameters in fragments of a few letters, as models do. */
export function calls(...wanted: { name: string; args: unknown }[]): Reply {
  return (response) => {
    beginStream(response);
    wanted.forEach(({ name, args }, index) => {
      const text = typeof args === 'string' ? args : JSON.stringify(args);
      const begin = { index, id: `call_${index}`, type: 'function', function: { name, arguments: '' } };
      sendChunk(response, { choices: [{ index: 0, delta: { tool_calls: [begin] }, finish_reason: null }] });
      for (const piece of text.match(/[^]{1,9}/gu) ?? [])
        sendChunk(response, {
          choices: [
            {
              index: 0,
              delta: { tool_calls: [{ index, function: { arguments: piece } }] },
              finish_reason: null,
            },
          ],
        });
    });
    endStream(response, { reason: 'tool_calls' });
  };
}

/** A refusal with the body that OpenAI's has. */
export function refuses(status: number, message: string, headers: Record<string, string> = {}): Reply {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify({ error: { message, type: 'error' } }));
  };
}

/** A stream as it goes over the wire, in pieces of some bytes. */
export function writes(text: string, step = text.length): Reply {
  return async (response) => {
    beginStream(response);
    response.socket?.setNoDelay(true);
    const bytes = Buffer.from(text);
    for (let from = 0; from < bytes.length; from += step) {
      response.write(bytes.subarray(from, from + step));
      await new Promise((resolve) => setImmediate(resolve));
    }
    response.end();
  };
}

/** An event of a stream with a part of the answer. */
export const piece = (delta: object, more: object = {}): string =>
  `data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason: null, ...more }] })}\n\n`;

/** A document instead of a stream. */
export const sendsJson =
  (body: object, status = 200): Reply =>
  (response) =>
    void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
