import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import type { Duplex } from 'node:stream';

export type ProxyKind = 'http' | 'https' | 'socks5';

/** What a proxy does with whoever comes: lets through, refuses, falls silent, or speaks something else. */
export type ProxyMood =
  { kind: 'open' } | { kind: 'status'; status: number } | { kind: 'silent' } | { kind: 'garbage' };

/** A proxy on loopback that keeps whom it let through to where, and every byte that went through it. */
export interface TestProxy {
  address: string;
  /** Resolves when somebody has come. */
  visited: Promise<void>;
  /** `host:port` of each way that was asked for. */
  targets: string[];
  /** The credentials that came, as "user:password". */
  credentials: string[];
  /** What went through, both ways. */
  bytes(): string;
  close(): Promise<void>;
}

export interface TestProxyOptions {
  kind: ProxyKind;
  /** What is asked for; none when left out. */
  credentials?: string;
  mood?: ProxyMood;
  tls?: { key: string; cert: string };
}

export async function startProxy(options: TestProxyOptions): Promise<TestProxy> {
  const { kind, tls, mood = { kind: 'open' } } = options;
  const sockets = new Set<Duplex>();
  const chunks: Buffer[] = [];
  const targets: string[] = [];
  const credentials: string[] = [];

  function join(client: Duplex, host: string, port: number): void {
    const target = net.connect(port, host);
    for (const [from, to] of [
      [client, target],
      [target, client],
    ] as const) {
      sockets.add(from);
      from.on('error', () => undefined);
      from.on('close', () => to.destroy());
      from.on('data', (chunk: Buffer) => chunks.push(chunk));
      from.pipe(to);
    }
  }

  const accepts = (given: string): boolean => {
    if (given !== '') credentials.push(given);
    return options.credentials === undefined || options.credentials === given;
  };

  function speakConnect(server: http.Server): Server {
    server.on('connect', (request, socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined);
      targets.push(request.url ?? '');
      const encoded = (request.headers['proxy-authorization'] ?? '').replace('Basic ', '');
      if (!accepts(Buffer.from(encoded, 'base64').toString())) {
        socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
        return;
      }
      if (mood.kind === 'silent') return;
      if (mood.kind === 'garbage') socket.end('220 mail.example ESMTP\r\n');
      else if (mood.kind === 'status') socket.end(`HTTP/1.1 ${mood.status} No\r\n\r\n`);
      else {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
        const url = new URL(`http://${request.url}`);
        join(socket, url.hostname, Number(url.port));
      }
    });
    return server;
  }

  /** RFC 1928 and 1929, as far as one client needs them. */
  async function speakSocks(socket: Socket): Promise<void> {
    socket.on('error', () => undefined);
    sockets.add(socket);
    const read = reader(socket);
    const [, methods = 0] = await read(2);
    const offered = await read(methods);
    if (mood.kind === 'silent') return;
    if (mood.kind === 'garbage') {
      socket.end('220 mail.example ESMTP\r\n');
      return;
    }
    const wantsName = offered.includes(2);
    if (options.credentials !== undefined && !wantsName) {
      socket.end(Buffer.from([5, 0xff]));
      return;
    }
    socket.write(Buffer.from([5, wantsName ? 2 : 0]));
    if (wantsName) {
      const [, nameLength = 0] = await read(2);
      const name = await read(nameLength);
      const [secretLength = 0] = await read(1);
      const isIn = accepts(`${name.toString()}:${(await read(secretLength)).toString()}`);
      socket.write(Buffer.from([1, isIn ? 0 : 1]));
      if (!isIn) {
        socket.end();
        return;
      }
    }
    const [, , , type] = await read(4);
    const host =
      type === 1 ? [...(await read(4))].join('.') : (await read((await read(1))[0] ?? 0)).toString();
    const port = (await read(2)).readUInt16BE();
    targets.push(`${host}:${port}`);
    const refusal = mood.kind === 'status' ? (mood.status === 403 ? 2 : 4) : 0;
    socket.write(Buffer.from([5, refusal, 0, 1, 0, 0, 0, 0, 0, 0]));
    if (refusal === 0) join(socket, host, port);
    else socket.end();
  }

  const server: Server =
    kind === 'socks5'
      ? net.createServer((socket) => void speakSocks(socket).catch(() => socket.destroy()))
      : speakConnect(kind === 'https' ? https.createServer(tls ?? {}) : http.createServer());
  const visited = new Promise<void>((resolve) => server.once('connection', () => resolve()));
  server.on('connection', (socket: Socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `${kind}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    visited,
    targets,
    credentials,
    bytes: () => Buffer.concat(chunks).toString('latin1'),
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** Hands out exactly so many bytes, as they come. */
function reader(socket: Socket): (length: number) => Promise<Buffer> {
  return async (length) => {
    for (;;) {
      const bytes = length === 0 ? Buffer.alloc(0) : (socket.read(length) as Buffer | null);
      if (bytes !== null) return bytes;
      await new Promise<void>((resolve, reject) => {
        socket.once('readable', resolve);
        socket.once('close', () => reject(new Error('closed')));
      });
    }
  };
}
