import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

import { createCounted } from './counted-server.ts';
import type { SeenRequest } from './counted-server.ts';

export interface FaultServer {
  /** `http://127.0.0.1:port`. */
  readonly address: string;
  /** Another origin of the same machine, to which `/redirect-elsewhere` sends. */
  readonly elsewhere: string;
  /** Requests in the order of their arrival; those to the other origin apart. */
  readonly requests: SeenRequest[];
  readonly requestsElsewhere: SeenRequest[];
  requestsTo(path: string): number;
  /** Connections that are open now, and how many there ever were. */
  openSockets(): number;
  readonly connections: number;
  /** Resolves once so many requests to this path have arrived. */
  arrived(path: string, count: number): Promise<void>;
  /** Resolves once so many connections are open. */
  sockets(count: number): Promise<void>;
  /** Sends bytes on every event stream that `/stream` holds open. */
  send(bytes: string | Buffer): void;
  /** Ends (or breaks) every event stream that `/stream` holds open. */
  endStreams(how: 'end' | 'reset'): void;
  close(): Promise<void>;
}

type Handler = (request: IncomingMessage, response: ServerResponse, server: Inside) => void;

interface Inside {
  elsewhere: string;
  streams: Set<ServerResponse>;
  /** How often this path was asked, this time included. */
  times: number;
  seen: SeenRequest;
}

const EVENT_STREAM = { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' };
const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };
const HTML_TYPE = { 'content-type': 'text/html; charset=utf-8' };
const HTML = '<!DOCTYPE html><html><body><pre>Cannot do that</pre></body></html>';
const event = (value: unknown): string => `data: ${JSON.stringify(value)}\n\n`;

/** One path for each way to fail. A path that serves events greets first, so that a client knows that it stands. */
const PATHS: Readonly<Record<string, Handler>> = {
  '/ok': (_request, response) => response.writeHead(200, JSON_TYPE).end('{"ok":true}'),
  '/echo': (_request, response, { seen }) => response.writeHead(200, JSON_TYPE).end(JSON.stringify(seen)),
  '/no-content-type': (_request, response) => response.writeHead(200).end('{"ok":true}'),
  /** Stays open and says what the test tells it to. */
  '/stream': (_request, response, { streams }) => {
    response.writeHead(200, EVENT_STREAM).flushHeaders();
    streams.add(response);
    response.once('close', () => streams.delete(response));
  },
  '/chat': (_request, response) => {
    response.writeHead(200, EVENT_STREAM);
    for (const token of ['Hold', ' the', ' line']) response.write(event({ token }));
    response.end('data: [DONE]\n\n');
  },
  /** Greets, then never says another word; the connection stays open. */
  '/stalled': (_request, response) => {
    response.writeHead(200, EVENT_STREAM).write(event({ type: 'connected' }));
  },
  '/never-answers': () => undefined,
  /** A dead peer: takes nothing in, sends nothing out, not even a FIN. */
  '/half-open': (request, response) => {
    response.writeHead(200, EVENT_STREAM).write(event({ type: 'connected' }));
    request.socket.pause();
  },
  '/split-utf8': (_request, response) => {
    response.writeHead(200, EVENT_STREAM);
    writeByteByByte(response, Buffer.from(event({ text: 'Grüße, 東京, 🚀' })), () => response.end());
  },
  '/split-crlf': (_request, response) => {
    response.writeHead(200, EVENT_STREAM);
    writeByteByByte(response, Buffer.from('data: one\r\ndata: two\r\n\r\ndata: three\r\n\r\n'), () =>
      response.end(),
    );
  },
  '/bom': (_request, response) =>
    response.writeHead(200, EVENT_STREAM).end(`\uFEFF${event({ n: 1 })}${event({ n: 2 })}`),
  /** A line of 3 MB in the middle of good ones. */
  '/huge-line': (_request, response) => {
    response.writeHead(200, EVENT_STREAM).write(event({ n: 1 }));
    const piece = Buffer.alloc(64 * 1024, 'x');
    response.write('data: ');
    for (let count = 0; count < 48; count += 1) response.write(piece);
    response.write(`\ndata: rest of it\n\n${event({ n: 2 })}`);
  },
  /** An event that never ends, of one line or of many, or a comment that does not. */
  '/endless-line': (request, response) => endlessEvent(request, response, 'data: ', 'x'),
  '/endless-lines': (request, response) => endlessEvent(request, response, '', 'data: x\n'),
  '/endless-comment': (request, response) => endlessEvent(request, response, ':', 'x'),
  '/not-utf8': (_request, response) => {
    response.writeHead(200, EVENT_STREAM).write(Buffer.from('data: {"text":"caf\xE9"}\n\n', 'latin1'));
    response.write(event({ n: 2 }));
  },
  '/duplicate': (_request, response) => {
    const body = event({ type: 'portfolio:updated', data: { snapshot: { BTC: 1 } } });
    response.writeHead(200, EVENT_STREAM).end(body + body);
  },
  /** Breaks off in the middle of an event. */
  '/mid-close': (request, response) => {
    response
      .writeHead(200, EVENT_STREAM)
      .write(`${event({ n: 1 })}data: {"n":`, () => request.socket.destroy());
  },
  '/204': (_request, response) => response.writeHead(204).end(),
  '/wrong-mime': (_request, response) =>
    response.writeHead(200, { 'content-type': 'text/event-streams' }).end(event({ n: 1 })),
  '/html': (_request, response) => response.writeHead(200, HTML_TYPE).end(HTML),
  '/html-404': (_request, response) => response.writeHead(404, HTML_TYPE).end(HTML),
  '/html-500': (_request, response) => response.writeHead(500, HTML_TYPE).end(HTML),
  '/401': (_request, response) => response.writeHead(401, JSON_TYPE).end('{"error":"Unauthorized"}'),
  '/429': (_request, response) => {
    response
      .writeHead(429, { ...HTML_TYPE, 'retry-after': '7' })
      .end('Too many requests, please try again later.');
  },
  /** Twice down, then up: as JSON, or as a stream that stays open for who accepts one. */
  '/503-then-ok': (request, response, inside) => {
    if (inside.times <= 2) response.writeHead(503, JSON_TYPE).end('{"error":"Database not connected"}');
    else if (request.headers.accept === 'text/event-stream') PATHS['/stalled']?.(request, response, inside);
    else response.writeHead(200, JSON_TYPE).end('{"ok":true}');
  },
  '/redirect-loop': (_request, response) => response.writeHead(302, { location: '/redirect-loop' }).end(),
  '/redirect-here': (_request, response) =>
    response.writeHead(307, { location: '/echo?from=redirect' }).end(),
  '/redirect-elsewhere': (_request, response, { elsewhere }) => {
    response.writeHead(302, { location: `${elsewhere}/echo` }).end();
  },
  '/truncated-json': (request, response) => {
    response.writeHead(200, { ...JSON_TYPE, 'content-length': '1000' });
    response.write('{"count":2,"items":[{"_id":"1"', () => request.socket.destroy());
  },
  '/cut-json': (_request, response) =>
    response.writeHead(200, JSON_TYPE).end('{"count":2,"items":[{"_id":"1"'),
  '/deep-json': (_request, response) =>
    response.writeHead(200, JSON_TYPE).end(`{"text":"[[","list":${'['.repeat(50_000)}${']'.repeat(50_000)}}`),
  '/brackets-in-text': (_request, response) =>
    response
      .writeHead(200, JSON_TYPE)
      .end(JSON.stringify({ text: `\\"${'[{"'.repeat(500)}`, list: [[1], [2]] })),
  '/nan': (_request, response) => response.writeHead(200, JSON_TYPE).end('{"price":NaN,"change":Infinity}'),
  '/bad-utf8-json': (_request, response) => {
    response.writeHead(200, JSON_TYPE).end(Buffer.from('{"name":"caf\xE9"}', 'latin1'));
  },
  '/compressed': (_request, response) => {
    response.writeHead(200, { ...JSON_TYPE, 'content-encoding': 'gzip' }).end(Buffer.from('1f8b', 'hex'));
  },
  '/compressed-stream': (_request, response) => {
    response.writeHead(200, { ...EVENT_STREAM, 'content-encoding': 'gzip' }).end(Buffer.from('1f8b', 'hex'));
  },
  '/reset': (request) => request.socket.resetAndDestroy(),
  '/not-http': (request) => request.socket.end('SSH-2.0-OpenSSH_9.2\r\n'),
  '/slow-headers': (request) => {
    request.socket.write('HTTP/1.1 200 OK\r\n');
    trickle(request.socket, 'X-More: and more\r\n');
  },
  '/endless-headers': (request) => {
    request.socket.write('HTTP/1.1 200 OK\r\n');
    flood(request.socket, `X-More: ${'m'.repeat(4_096)}\r\n`);
  },
  '/endless-body': (request, response) => {
    response.writeHead(200, JSON_TYPE).flushHeaders();
    flood(request.socket, `10000\r\n${'['.repeat(0x10000)}\r\n`);
  },
  '/slow-body': (request, response) => {
    response.writeHead(200, JSON_TYPE).flushHeaders();
    trickle(request.socket, '1\r\n[\r\n');
  },
  /** Answers the first request of a connection and drops the connection at the second. */
  '/stale-keep-alive': (request, response) => {
    const socket: Socket & { usedBefore?: boolean } = request.socket;
    if (socket.usedBefore === true) socket.resetAndDestroy();
    else response.writeHead(200, JSON_TYPE).end('{"ok":true}');
    socket.usedBefore = true;
  },
};

/** A real server on loopback with a path for each way to fail. `port` 0 takes any free one. */
export async function startFaultServer(port = 0): Promise<FaultServer> {
  const main = createCounted();
  const other = createCounted();
  const streams = new Set<ServerResponse>();
  const elsewhere = await other.listen(0, (_request, response) =>
    response.writeHead(200, JSON_TYPE).end('{}'),
  );
  const address = await main.listen(port, (request, response, seen) => {
    const path = seen.path.split('?')[0] ?? '';
    const handler = PATHS[path];
    const times = main.seen.filter((other) => other.path.split('?')[0] === path).length;
    if (handler === undefined) response.writeHead(404, HTML_TYPE).end(HTML);
    else handler(request, response, { elsewhere, streams, times, seen });
  });
  const requestsTo = (path: string): number =>
    main.seen.filter((seen) => seen.path.split('?')[0] === path).length;

  return {
    address,
    elsewhere,
    requests: main.seen,
    requestsElsewhere: other.seen,
    requestsTo,
    openSockets: () => main.sockets.size,
    get connections() {
      return main.connections();
    },
    arrived: (path, count) => main.until(() => requestsTo(path) >= count),
    sockets: (count) => main.until(() => main.sockets.size === count),
    send(bytes) {
      for (const stream of streams) stream.write(bytes);
    },
    endStreams(how) {
      for (const stream of streams) {
        if (how === 'end') stream.end();
        else stream.socket?.resetAndDestroy();
      }
    },
    async close() {
      await Promise.all([main.close(), other.close()]);
    },
  };
}

/** Gives each byte a packet of its own, as far as the system lets us. */
function writeByteByByte(response: ServerResponse, bytes: Buffer, done: () => void): void {
  const writeNext = (index: number): void => {
    if (index >= bytes.length) done();
    else response.write(bytes.subarray(index, index + 1), () => setImmediate(writeNext, index + 1));
  };
  writeNext(0);
}

function endlessEvent(request: IncomingMessage, response: ServerResponse, begin: string, part: string): void {
  response.writeHead(200, EVENT_STREAM).write(`${event({ n: 1 })}${begin}`);
  const piece = part.repeat(0x8000 / part.length);
  flood(request.socket, `8000\r\n${piece}\r\n`);
}

function trickle(socket: Socket, piece: string): void {
  const timer = setInterval(() => socket.write(piece), 5);
  socket.once('close', () => clearInterval(timer));
}

/** As much as the other side takes, never more: it must be the client that ends it. */
function flood(socket: Socket, piece: string): void {
  const push = (): void => {
    while (!socket.destroyed && socket.write(piece));
  };
  socket.on('drain', push);
  push();
}
