import { createServer } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

import { Server } from 'socket.io';

import { createRecorder } from '../../../connections/testing/recorder.ts';
import type { Recorder } from '../../../connections/testing/recorder.ts';
import { recordedAnswer } from './recordings.ts';

interface Asked {
  call: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: unknown;
}
export interface Stubbed {
  status?: number;
  json?: unknown;
  text?: string;
  headers?: Record<string, string>;
  /** Takes the request in and never answers. */
  hang?: true;
  /** Answers once this is settled. */
  after?: Promise<void>;
}

export interface StubServer {
  address: string;
  asked: Recorder<Asked>;
  /** Events that clients emitted, with what stood behind the name. */
  heard: Recorder<{ event: string; payloads: unknown[] }>;
  handshakes: Recorder<unknown>;
  /** Answers `METHOD /path` (below /api, without the query) so from now on. */
  on(call: string, answer: Stubbed | ((body: unknown) => Stubbed)): void;
  tell(event: string, payload: unknown): void;
  drop(): void;
  close(): Promise<void>;
}

/** A copy-trading server that answers as in the recordings and says what a test makes it say, over real HTTP and Socket.IO. */
export async function startStubServer(
  dialect: 'plain' | 'realtime' | 'without-sockets',
): Promise<StubServer> {
  const answers = new Map<string, (body: unknown) => Stubbed>();
  const asked = createRecorder<Asked>();
  const heard = createRecorder<{ event: string; payloads: unknown[] }>();
  const handshakes = createRecorder<unknown>();
  const on: StubServer['on'] = (call, answer) =>
    void answers.set(call, typeof answer === 'function' ? answer : () => answer);
  for (const [call, name] of Object.entries(RECORDED)) on(call, { json: recordedAnswer(name) });

  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const path = (request.url ?? '').replace(/^\/api/, '');
      const call = `${request.method ?? ''} ${path.split('?')[0] ?? ''}`;
      const text = Buffer.concat(chunks).toString('utf8');
      const body: unknown = text === '' ? null : JSON.parse(text);
      asked.add({ call, path, headers: request.headers, body });
      const found = answers.get(call)?.(body) ?? { status: 404, json: { error: 'Route not found' } };
      if (found.hang === true) return;
      const type = found.text === undefined ? 'application/json' : 'text/plain';
      void Promise.resolve(found.after).then(() =>
        response
          .writeHead(found.status ?? 200, { 'content-type': type, ...found.headers })
          .end(found.text ?? JSON.stringify(found.json)),
      );
    });
  });
  const io = new Server();
  if (dialect !== 'without-sockets') io.attach(server);
  io.on('connection', (socket) => {
    handshakes.add(socket.handshake.auth);
    socket.onAny((event: string, ...payloads: unknown[]) => {
      heard.add({ event, payloads });
      if (event === 'ping' && dialect === 'realtime') socket.emit('pong', { timestamp: Date.now() });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}`,
    asked,
    heard,
    handshakes,
    on,
    tell: (event, payload) => void io.emit(event, payload),
    drop: () => io.disconnectSockets(true),
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      io.disconnectSockets(true);
      server.closeAllConnections();
      await closed;
    },
  };
}

const RECORDED: Record<string, string> = {
  'GET /health': 'GET /health',
  'POST /auth/login': 'login any signature accepted',
  'GET /auth/profile': 'profile any scheme',
  'GET /traders': 'traders',
  'POST /traders/follow': 'follow',
  'POST /traders/unfollow': 'unfollow',
  'GET /portfolio': 'portfolio',
  'GET /portfolio/positions': 'portfolio positions',
  'GET /portfolio/history': 'portfolio history',
  'GET /realtime/market-data': 'realtime market-data',
  'GET /kana-labs/status': 'kana status',
  'POST /copy-trading/execute': 'copy execute',
};
