import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

import { Server as SocketIoServer } from 'socket.io';
import type { Socket as SocketIoSocket } from 'socket.io';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';

import { createCounted } from './counted-server.ts';
import type { SeenRequest } from './counted-server.ts';
import { ENGINE_FAULTS } from './fault-engine.ts';
import { createRecorder } from './recorder.ts';
import type { Recorder } from './recorder.ts';

/** What arrived on a path: a WebSocket's texts, or Socket.IO events as `{ event, args }`. */
export interface Heard {
  path: string;
  what: unknown;
}

export interface FaultSockets {
  /** `http://127.0.0.1:port`. */
  readonly address: string;
  readonly elsewhere: string;
  /** Handshakes of WebSockets in the order of their arrival; those to another origin apart. */
  readonly handshakes: Recorder<SeenRequest>;
  readonly requests: SeenRequest[];
  readonly requestsElsewhere: SeenRequest[];
  readonly heard: Recorder<Heard>;
  /** Socket.IO connections that were accepted, with what they came with. */
  readonly accepted: Recorder<{ auth: unknown; query: unknown; transport: string; upgraded: Promise<void> }>;
  /** Sends a text frame on every WebSocket of `/stream`. */
  send(data: string | Buffer): void;
  /** Control pings on every WebSocket of `/stream`. */
  ping(): void;
  /** Sends an event on every Socket.IO connection. */
  emit(event: string, ...args: unknown[]): void;
  endStreams(code: number): void;
  disconnectSocketIo(): void;
  /** Resolves once so many connections are open. */
  sockets(count: number): Promise<void>;
  close(): Promise<void>;
}

const WELCOME = '{"type":"system_status","data":{"status":"connected"}}';
const PONG = '{"type":"heartbeat","data":{"message":"pong"}}';

/** One path for each way in which an open WebSocket fails. */
const OPEN_PATHS: Readonly<Record<string, (socket: WebSocket, request: IncomingMessage) => void>> = {
  /** Says what the test tells it to, and never answers a ping of the protocol. */
  '/stream': () => undefined,
  '/stalled': (socket) => socket.send(WELCOME),
  /** A dead peer: takes nothing in, sends nothing out, not even a FIN. */
  '/half-open': (socket, request) => {
    socket.send(WELCOME);
    request.socket.pause();
  },
  '/answers-pings': (socket) => socket.on('message', () => socket.send(PONG)),
  /** As the hub does with a library that it was not written for (market-hub.md, §5). */
  '/1011-at-once': (socket) => socket.close(1011),
  '/1001': (socket) => {
    socket.send(WELCOME);
    socket.close(1001);
  },
  '/1006': (socket) => socket.send(WELCOME, () => socket.terminate()),
  '/huge': (socket) => {
    socket.send('{"n":1}');
    socket.send(`{"x":"${'x'.repeat(2 * 1024 * 1024)}"}`);
    socket.send('{"n":2}');
  },
  /** One message of twenty thousand bytes, each in a frame of its own, which costs many times as much to keep. */
  '/pieces': (socket) => {
    socket.send('{"n":1}');
    for (let piece = 0; piece < 20_000 && socket.readyState === socket.OPEN; piece += 1)
      socket.send('x', { fin: false });
  },
  '/enormous': (socket) => {
    socket.send('{"n":1}');
    socket.send('x'.repeat(17 * 1024 * 1024));
  },
  '/binary': (socket) => {
    socket.send(Buffer.from('{"binary":true}'), { binary: true });
    socket.send('{"n":2}');
  },
  '/not-utf8': (socket) => {
    socket.send(Buffer.from('{"text":"caf\xE9"}', 'latin1'), { binary: false });
    socket.send('{"n":2}');
  },
  '/nan': (socket) => {
    socket.send('{"type":"price_update","data":{"price":NaN}}');
    socket.send('{"n":2}');
  },
  /** A frame with a reserved opcode, past the library that would not send one. */
  '/bad-frame': (_socket, request) => request.socket.write(Buffer.from([0x83, 0x01, 0x78])),
};

const head = (status: string, more = ''): string =>
  `HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n${more}\r\n`;

/** One path for each way in which the handshake fails. */
const REFUSALS: Readonly<
  Record<string, (socket: Duplex, request: IncomingMessage, elsewhere: string) => void>
> = {
  '/200': (socket) => socket.end(head('200 OK')),
  '/404': (socket) => socket.end(head('404 Not Found')),
  '/401': (socket) => socket.end(head('401 Unauthorized')),
  '/426': (socket) => socket.end(head('426 Upgrade Required')),
  '/429': (socket) => socket.end(head('429 Too Many Requests', 'retry-after: 7\r\n')),
  '/503': (socket) => socket.end(head('503 Service Unavailable', 'retry-after: 20\r\n')),
  '/redirect-elsewhere': (socket, _request, elsewhere) =>
    socket.end(head('302 Found', `location: ${elsewhere.replace('http', 'ws')}/stream\r\n`)),
  '/reset': (socket) => socket.destroy(),
  '/not-http': (socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n'),
  '/never-answers': () => undefined,
  '/engine-mute/socket.io/': () => undefined,
  '/bad-accept': (socket) =>
    socket.write(
      'HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: Upgrade\r\n' +
        `sec-websocket-accept: ${createHash('sha1').update('wrong').digest('base64')}\r\n\r\n`,
    ),
};

/** Real Socket.IO servers, one for each base path. */
const SOCKET_IO_PATHS = ['/io', '/polling-only', '/upgrade-refused', '/refuses'] as const;

/**
 * A real server on loopback for WebSocket and Socket.IO. A WebSocket's fault is its path; a Socket.IO's is the base path
 * in front of `/socket.io/`: `/io` is well, `/refuses` answers `connect_error` with the words of `auth.refuse`, and the rest says its name.
 */
export async function startFaultSockets(port = 0): Promise<FaultSockets> {
  const main = createCounted();
  const other = createCounted();
  const handshakes = createRecorder<SeenRequest>();
  const heard = createRecorder<Heard>();
  const accepted = createRecorder<FaultSockets['accepted']['all'][number]>();
  const webSockets = new WebSocketServer({ noServer: true, perMessageDeflate: true });
  const streams = new Set<WebSocket>();
  const elsewhere = await other.listen(0, (_request, response) => response.writeHead(200).end('{}'));
  // Socket.IO takes the requests to its own paths away from the handler below.
  const address = await main.listen(port, (request, response, seen) => {
    const path = pathOf(seen.path);
    const fault = ENGINE_FAULTS[path.replace(/\/socket\.io\/$/, '')];
    if (fault !== undefined) fault(request, response, seen, elsewhere);
    else if (!SOCKET_IO_PATHS.some((own) => path.startsWith(`${own}/`))) response.writeHead(426).end();
  });
  const servers = SOCKET_IO_PATHS.map((path) => startSocketIo(path));

  function startSocketIo(path: (typeof SOCKET_IO_PATHS)[number]): SocketIoServer {
    const server = new SocketIoServer(main.server, {
      path: `${path}/socket.io`,
      transports: path === '/polling-only' ? ['polling'] : ['polling', 'websocket'],
      allowUpgrades: true,
      destroyUpgrade: false,
      serveClient: false,
      allowRequest: (request, answer) => {
        const isUpgrade = request.headers.upgrade !== undefined;
        answer(null, !(path === '/upgrade-refused' && isUpgrade));
      },
    });
    server.use((socket, next) => {
      const words: unknown = socket.handshake.auth.refuse;
      next(path === '/refuses' && typeof words === 'string' ? new Error(words) : undefined);
    });
    server.on('connection', (socket: SocketIoSocket) => {
      const { conn, handshake } = socket;
      accepted.add({
        auth: handshake.auth,
        query: handshake.query,
        transport: conn.transport.name,
        upgraded: new Promise((resolve) => conn.once('upgrade', () => resolve())),
      });
      socket.onAny((event: string, ...args: unknown[]) => heard.add({ path, what: { event, args } }));
      socket.emit('connected', { tier: 'free' });
    });
    return server;
  }

  main.server.on('upgrade', (request, socket: Duplex, rest) => {
    const path = pathOf(request.url ?? '');
    socket.on('error', () => undefined);
    handshakes.add({
      method: 'GET',
      path: request.url ?? '',
      headers: Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
      ),
      body: '',
    });
    const refuse = REFUSALS[path];
    const serve = OPEN_PATHS[path];
    if (refuse !== undefined) {
      // Nobody reads it otherwise, and a socket that is not read does not notice its end.
      socket.resume().once('end', () => socket.destroy());
      refuse(socket, request, elsewhere);
    } else if (serve !== undefined) {
      webSockets.handleUpgrade(request, socket, rest, (opened) => {
        opened.on('error', () => undefined);
        opened.on('message', (data) =>
          heard.add({ path, what: Buffer.isBuffer(data) ? data.toString('utf8') : data }),
        );
        if (path === '/stream') streams.add(opened);
        opened.once('close', () => streams.delete(opened));
        serve(opened, request);
      });
    } else if (!SOCKET_IO_PATHS.some((own) => path.startsWith(`${own}/`))) socket.destroy();
  });

  return {
    address,
    elsewhere,
    handshakes,
    requests: main.seen,
    requestsElsewhere: other.seen,
    heard,
    accepted,
    send(data) {
      for (const stream of streams) stream.send(data);
    },
    ping() {
      for (const stream of streams) stream.ping();
    },
    emit(event, ...args) {
      for (const server of servers) server.emit(event, ...args);
    },
    endStreams(code) {
      for (const stream of streams) stream.close(code);
    },
    disconnectSocketIo() {
      for (const server of servers) server.disconnectSockets(true);
    },
    sockets: (count) => main.until(() => main.sockets.size === count),
    async close() {
      for (const client of webSockets.clients) client.terminate();
      // Closing one closes the server that they share; the engines are what else they hold.
      for (const server of servers) server.engine.close();
      await Promise.all([main.close(), other.close()]);
    },
  };
}

const pathOf = (url: string): string => url.split('?')[0] ?? '';
