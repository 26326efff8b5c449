import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Asked {
  method: string;
  path: string;
  headers: IncomingMessage['headers'];
  body: unknown;
}

/** JSON with a status, a page of HTML with a status, or whatever a function does with the response. */
export type Stubbed =
  | { status?: number; json: unknown }
  | { status: number; html: string }
  | ((response: ServerResponse, asked: Asked) => void);

export interface StubServer {
  address: string;
  asked: Asked[];
  /** Answers `METHOD /path` (without the query) so from now on. */
  on(call: string, answer: Stubbed): void;
  /** Writes an event to every `/live` that is open. */
  tell(event: unknown): void;
  close(): Promise<void>;
}

/** A CoinRuler that says exactly what a test makes it say: for what the practice server has no reason to do. */
export async function startStubServer(): Promise<StubServer> {
  const answers = new Map<string, Stubbed>(Object.entries(HEALTHY));
  const asked: Asked[] = [];
  const streams = new Set<ServerResponse>();

  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString('utf8');
      const path = request.url ?? '';
      const call = `${request.method ?? ''} ${path.split('?')[0] ?? ''}`;
      const one: Asked = {
        method: request.method ?? '',
        path,
        headers: request.headers,
        body: text === '' ? null : JSON.parse(text),
      };
      asked.push(one);
      if (call === 'GET /live' && !answers.has(call)) openLive(response);
      else reply(response, answers.get(call) ?? { status: 404, html: `Cannot ${call}` }, one);
    });
  });

  function openLive(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
    response.write('data: {"type":"connected","ts":"2030-01-01T00:00:00.000Z"}\n\n');
    streams.add(response);
    response.once('close', () => streams.delete(response));
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}`,
    asked,
    on: (call, answer) => void answers.set(call, answer),
    tell(event) {
      for (const stream of streams)
        stream.write(`data: ${typeof event === 'string' ? event : JSON.stringify(event)}\n\n`);
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
    response
      .writeHead(answer.status, { 'content-type': 'text/html; charset=utf-8' })
      .end(`<!DOCTYPE html><pre>${answer.html}</pre>`);
  } else {
    response
      .writeHead(answer.status ?? 200, { 'content-type': 'application/json; charset=utf-8' })
      .end(JSON.stringify(answer.json));
  }
}

/** Takes the request and never answers it. */
export const SILENCE: Stubbed = () => undefined;

const HEALTHY: Record<string, Stubbed> = {
  'GET /health': { json: { ok: true, db: 'connected', dryRun: true } },
  'GET /kill-switch': {
    json: { enabled: false, reason: '', timestamp: '2030-01-01T00:00:00.000Z', setBy: 'system', _id: 'k' },
  },
  'GET /approvals/pending': { json: { count: 0, items: [] } },
  'GET /portfolio/current': {
    json: {
      balances: { BTC: 2, _totalUSD: 120_000 },
      prices: { BTC: 60_000, _totalUSD: 0 },
      totalValueUSD: 120_000,
      baselines: { BTC: { baseline: 1 } },
      totalChange24hPct: 1.5,
      priceChange24hPct: { BTC: 1.5 },
      collateral: null,
      updatedAt: '2030-01-01T00:00:00.000Z',
      ageMs: 1,
      hasData: true,
    },
  },
  'GET /executions/recent': { json: { count: 0, items: [] } },
  'GET /balances': {
    json: { balances: { BTC: 2 }, prices: { BTC: 60_000 }, totalUSD: 120_000, source: 'snapshot' },
  },
  'POST /rules/000000000000000000000000/backtest': { status: 404, json: { error: 'Rule not found' } },
};
