import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { Server } from 'socket.io';

import { createRecorder } from '../../../connections/testing/recorder.ts';
import { recordedAnswer } from './recordings.ts';

type Answer = { status: number; body: unknown };
export interface Asked {
  /** Method and path. */
  what: string;
  query: string;
  body: unknown;
  authorization: string | undefined;
}

/** A list and limits of the account of the recordings, as one answer. */
function recordedWatchLists(): Answer {
  const { watchlist, limits } = recordedAnswer('watchlist create').body as Record<string, unknown>;
  return { status: 200, body: { watchlists: [watchlist], limits } };
}

/** A VolSpike that says exactly what a test makes it say: real HTTP and a real Socket.IO server on one port. */
export async function startStub(given: { tier?: string } = {}) {
  const answers = new Map<string, Answer | ((asked: Asked) => Answer | Promise<Answer>)>([
    ['GET /api/volume-alerts', recordedAnswer('list pro')],
    ['POST /api/auth/signin', recordedAnswer('signin')],
    ['GET /api/watchlist', recordedWatchLists()],
    ['GET /api/user-alerts', recordedAnswer('user-alerts list')],
    ['GET /api/open-interest-alerts', recordedAnswer('oi alerts pro')],
  ]);
  const asked = createRecorder<Asked>();
  const handshakes = createRecorder<{ auth: Record<string, unknown>; query: Record<string, unknown> }>();
  const heard = createRecorder<unknown[]>();
  let refuse: (auth: Record<string, unknown>) => string | null = () => null;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const [path = '', query = ''] = (request.url ?? '').split('?');
      const text = Buffer.concat(chunks).toString('utf8');
      const one: Asked = {
        what: `${request.method ?? ''} ${path}`,
        query,
        body: text === '' ? null : (JSON.parse(text) as unknown),
        authorization: request.headers.authorization,
      };
      const answer = answers.get(one.what) ?? recordedAnswer('404');
      void Promise.resolve(typeof answer === 'function' ? answer(one) : answer).then(({ status, body }) =>
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body)),
      );
      asked.add(one);
    });
  });
  const io = new Server(server);
  io.use((socket, next) => {
    const { auth, query } = socket.handshake;
    const words = refuse(auth);
    handshakes.add({ auth, query });
    next(words === null ? undefined : new Error(words));
  });
  io.on('connection', (socket) => {
    socket.onAny((...event: unknown[]) => heard.add(event));
    socket.emit('connected', { tier: given.tier ?? 'free', refreshInterval: 900_000 });
    socket.emit('market-update', []);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}`,
    asked,
    handshakes,
    heard,
    answer: (what: string, answer: Answer | ((asked: Asked) => Answer | Promise<Answer>)) =>
      void answers.set(what, answer),
    /** How often this was asked. */
    count: (what: string): number => asked.all.filter((one) => one.what === what).length,
    /** Words for a handshake that is refused from now on. */
    refuse(words: string | null | ((auth: Record<string, unknown>) => string | null)) {
      refuse = typeof words === 'function' ? words : () => words;
    },
    tell: (event: string, payload: unknown) => io.emit(event, payload),
    drop: () => io.disconnectSockets(true),
    async close() {
      await io.close();
    },
  };
}
export type Stub = Awaited<ReturnType<typeof startStub>>;
