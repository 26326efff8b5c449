import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { Recorder } from '../../../connections/testing/recorder.ts';
import { createRecorder } from '../../../connections/testing/recorder.ts';
import { recordedAnswer } from './recordings.ts';

export interface Asked {
  call: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  body: unknown;
}

export type Stubbed =
  | { status?: number; json: unknown }
  | { status: number; html: string }
  | ((response: ServerResponse, asked: Asked) => void);

export interface StubServer {
  address: string;
  asked: Recorder<Asked>;
  calls(call: string): Asked[];
  /** Answers `METHOD /path` (without the query) so from now on. */
  on(call: string, answer: Stubbed): void;
  /** Tokens that are taken from now on; a sign-in gives the last. */
  tokens: string[];
  /** Writes bytes to the streams of a model that are open. */
  write(modelId: number, bytes: string): void;
  tell(modelId: number, event: unknown): void;
  dropStreams(): void;
  close(): Promise<void>;
}

/** A token that says of itself how long it lives. */
export const tokenOf = (name: string, lifeSeconds = 3_600): string =>
  `eyJhbGciOiJIUzI1NiJ9.${Buffer.from(JSON.stringify({ name, iat: 1_000, exp: 1_000 + lifeSeconds })).toString('base64url')}.c2ln`;

export const EMAIL = 'owner@example.com';
export const PASSWORD = 'p4ss-word-of-owner';

export const aRun = (over: object = {}): object => ({
  id: 101,
  model_id: 7,
  run_number: 2,
  started_at: '2026-01-05T14:30:00',
  ended_at: null,
  status: 'running',
  trading_mode: 'intraday',
  strategy_snapshot: {},
  total_trades: 0,
  final_return: null,
  final_portfolio_value: null,
  max_drawdown_during_run: null,
  intraday_symbol: 'AAPL',
  intraday_date: '2026-01-05',
  intraday_session: 'regular',
  task_id: null,
  created_at: '2026-11-20T23:27:59.704623+00:00',
  ...over,
});

export const anAgent = (over: object = {}): object => ({
  model_id: 7,
  basemodel: 'openai/gpt-4o',
  status: 'running',
  started_at: '2026-01-05T14:30:00',
  ...over,
});

/** An AI-Trader that says exactly what a test makes it say, over the recorded answers; it checks tokens as the real one does. */
export async function startStubServer(): Promise<StubServer> {
  const answers = new Map<string, Stubbed>(Object.entries(usual()));
  const asked = createRecorder<Asked>();
  const streams = new Map<ServerResponse, number>();
  const tokens = [tokenOf('first')];

  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const url = new URL(request.url ?? '', 'http://stub');
      const call = `${request.method ?? ''} ${url.pathname}`;
      const text = Buffer.concat(chunks).toString('utf8');
      const body: unknown = text === '' ? null : JSON.parse(text);
      const one: Asked = { call, query: url.searchParams, headers: request.headers, body };
      asked.add(one);
      answer(call, response, one);
    });
  });

  function answer(call: string, response: ServerResponse, one: Asked): void {
    const stubbed = answers.get(call);
    const isStream = call.startsWith('GET /api/trading/stream/');
    if (call === 'POST /api/auth/login' && stubbed === undefined) {
      reply(response, { json: { access_token: tokens.at(-1), token_type: 'bearer', user: {} } }, one);
      return;
    }
    const isOpen = call === 'POST /api/auth/login' || call === 'GET /api/health' || call.includes('/chat/');
    const token = isStream ? one.query.get('token') : one.headers.authorization?.replace('Bearer ', '');
    if (!isOpen && !tokens.includes(token ?? '')) {
      reply(
        response,
        { status: 401, json: { detail: 'Invalid authentication credentials', status_code: 401 } },
        one,
      );
      return;
    }
    if (isStream && stubbed === undefined) openStream(response, Number(call.split('/').at(-1)));
    else reply(response, stubbed ?? { status: 404, json: { detail: 'Not Found' } }, one);
  }

  function openStream(response: ServerResponse, modelId: number): void {
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
    response.write(`data: {"type": "connected", "model_id": ${modelId}}\n\n`);
    streams.set(response, modelId);
    response.once('close', () => streams.delete(response));
  }

  function write(modelId: number, bytes: string): void {
    for (const [stream, id] of streams) if (id === modelId) stream.write(bytes);
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}`,
    asked,
    calls: (call) => asked.all.filter((one) => one.call === call),
    on: (call, stubbed) => void answers.set(call, stubbed),
    tokens,
    write,
    tell: (modelId, event) =>
      write(modelId, `data: ${typeof event === 'string' ? event : JSON.stringify(event)}\n\n`),
    dropStreams() {
      for (const stream of streams.keys()) stream.destroy();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function reply(response: ServerResponse, answer: Stubbed, asked: Asked): void {
  if (typeof answer === 'function') answer(response, asked);
  else if ('html' in answer) {
    response.writeHead(answer.status, { 'content-type': 'text/html' }).end(`<html>${answer.html}</html>`);
  } else {
    response
      .writeHead(answer.status ?? 200, { 'content-type': 'application/json' })
      .end(JSON.stringify(answer.json));
  }
}

/** Takes the request and never answers it. */
export const SILENCE: Stubbed = () => undefined;

const usual = (): Record<string, Stubbed> => ({
  'GET /api/health': { json: recordedAnswer('health') },
  'GET /api/models': { json: recordedAnswer('models') },
  'GET /api/trading/status': { json: recordedAnswer('status all') },
  'GET /api/models/7/runs': { json: recordedAnswer('runs') },
  'GET /api/models/8/runs': { json: { runs: [], total: 0 } },
  'GET /api/models/7/positions': { json: recordedAnswer('positions') },
  'GET /api/models/7/positions/latest': { json: recordedAnswer('latest') },
  'GET /api/models/8/positions': { json: { positions: [], total_records: 0 } },
  'GET /api/models/8/positions/latest': { status: 404, json: recordedAnswer('latest none') },
  'GET /api/available-models': { json: recordedAnswer('available models') },
});
