import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { Server } from 'socket.io';

import { createRecorder } from '../../../connections/testing/recorder.ts';
import { recordedAnswer } from './recordings.ts';

export type Answer = { status: number; body: unknown };

/** A VolSpike that says exactly what a test makes it say: real HTTP and a real Socket.IO server on one port. */
export async function startStub(given: { tier?: string; port?: number } = {}) {
  const answers = new Map<string, Answer>([
    ['GET /api/volume-alerts', recordedAnswer('list pro')],
    ['POST /api/auth/signin', recordedAnswer('signin')],
    ['GET /api/watchlist', recordedAnswer('watchlist bare id as bearer')],
    ['GET /api/user-alerts', recordedAnswer('user-alerts list')],
    ['GET /api/open-interest-alerts', recordedAnswer('oi alerts pro')],
  ]);
  const asked = createRecorder<{ what: string; body: string; authorization: string | undefined }>();
  const handshakes = createRecorder<{ auth: Record<string, unknown>; query: Record<string, unknown> }>();
  const heard = createRecorder<unknown[]>();
  let refusal: string | null = null;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const what = `${request.method ?? ''} ${(request.url ?? '').split('?')[0] ?? ''}`;
      const { status, body } = answers.get(what) ?? { status: 404, body: { error: 'Not Found' } };
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      const { authorization } = request.headers;
      asked.add({ what, body: Buffer.concat(chunks).toString('utf8'), authorization });
    });
  });
  const io = new Server(server);
  io.use((_socket, next) => next(refusal === null ? undefined : new Error(refusal)));
  io.on('connection', (socket) => {
    const { auth, query } = socket.handshake;
    socket.onAny((...event: unknown[]) => heard.add(event));
    socket.emit('connected', { tier: given.tier ?? 'free', refreshInterval: 900_000 });
    socket.emit('market-update', []);
    handshakes.add({ auth, query });
  });
  await new Promise<void>((resolve) => server.listen(given.port ?? 0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}`,
    asked,
    handshakes,
    heard,
    answer: (what: string, answer: Answer) => answers.set(what, answer),
    refuse: (words: string | null) => (refusal = words),
    tell: (event: string, payload: unknown) => io.emit(event, payload),
    drop: () => io.disconnectSockets(true),
    async close() {
      await io.close();
    },
  };
}
