import https from 'node:https';
import type { AddressInfo } from 'node:net';

import { Server as SocketIoServer } from 'socket.io';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocketServer } from 'ws';

import type { LinkCause } from '#shared/domain/backends/link.ts';

import { createManualClock } from '../lib/clock.ts';
import type { ManualClock } from '../lib/clock.ts';
import { silentLogger } from '../lib/logger.ts';
import { createConnections } from './connections.ts';
import { HttpFailure } from './port.ts';
import type { ConnectionsPort, HttpPort, NetworkRoute, Transport } from './port.ts';
import { failureOf } from './testing/http-bench.ts';
import type { PrivateAuthority } from './testing/private-authority.ts';
import { createPrivateAuthority } from './testing/private-authority.ts';
import type { ProxyKind, ProxyMood, TestProxy } from './testing/proxies.ts';
import { startProxy } from './testing/proxies.ts';

const TOKEN = 'planted-token-91c2';
const PROXY_USER = 'desk:pass:word';
const KINDS: ProxyKind[] = ['http', 'https', 'socks5'];

let authority: PrivateAuthority;
let stranger: PrivateAuthority;
let clock: ManualClock;
let backend: Backend;
let toClose: (() => void | Promise<void>)[];

beforeAll(async () => {
  authority = await createPrivateAuthority('Bot Root');
  stranger = await createPrivateAuthority('Other Root');
});

beforeEach(async () => {
  clock = createManualClock();
  toClose = [];
  backend = await startBackend(authority.server);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  for (const close of toClose.reverse()) await close();
  expect(clock.pending()).toBe(0);
});

describe('the way to a backend', () => {
  describe.each(KINDS)('through a proxy at %s', (kind) => {
    it.each(['http', 'sse', 'websocket', 'socket-io'] as const)('S3 takes %s', async (what) => {
      const proxy = await start({ kind, credentials: PROXY_USER });
      const said = await reach(what, connect(through(proxy)));
      expect(said).toBe('reached');
      expect(new Set(proxy.targets)).toEqual(new Set([new URL(backend.address).host]));
      expect(new Set(proxy.credentials)).toEqual(new Set([PROXY_USER]));
      // What the proxy carries it cannot read, and what it was given it gives to nobody.
      expect(proxy.bytes()).not.toContain(TOKEN);
      expect(backend.seen()).toContain(TOKEN);
      expect(backend.seen()).not.toContain('proxy-authorization');
    });

    it.each<[string, ProxyMood, LinkCause['code'], RegExp]>([
      ['refuses', { kind: 'status', status: 403 }, 'refused', /does not let anybody through/],
      ['cannot reach it', { kind: 'status', status: 502 }, 'unreachable', /cannot reach/],
      ['speaks something else', { kind: 'garbage' }, 'bad-answer', /not HTTP|SOCKS 5/],
    ])('S3 names the proxy that %s, and nothing was sent', async (_what, mood, code, words) => {
      const proxy = await start({ kind, mood });
      const failure = await failureOf(ask(connect(through(proxy))));
      expect(failure).toMatchObject({ sent: false, linkCause: { code } });
      expect(failure.message).toMatch(words);
      expect(failure.message).toContain(new URL(proxy.address).host);
      expect(backend.requests()).toBe(0);
    });

    it('D2 asks for credentials when the proxy accepts none', async () => {
      const proxy = await start({ kind, credentials: 'somebody:else' });
      const failure = await failureOf(ask(connect(through(proxy))));
      expect(failure).toMatchObject({ sent: false, linkCause: { code: 'credentials' } });
      expect(failure.message).not.toContain('pass:word');
    });

    it('D1 gives up a proxy that falls silent, and names it', async () => {
      const proxy = await start({ kind, mood: { kind: 'silent' } });
      const failing = failureOf(ask(connect(through(proxy))));
      await proxy.visited;
      await clock.advance(9_000);
      expect((await failing).linkCause).toMatchObject({ code: 'timeout' });
      expect((await failing).message).toMatch(/^The proxy .* has not answered within 9 s/);
    });

    it('says that the proxy is not there', async () => {
      const proxy = await start({ kind });
      await proxy.close();
      const failure = await failureOf(ask(connect(through(proxy))));
      expect(failure.linkCause.code).toBe('unreachable');
      expect(failure.message).toMatch(/^The proxy .* refuses the connection/);
    });

    it('S3 trusts no server more because it stands behind a proxy', async () => {
      const proxy = await start({ kind });
      for (const what of ['http', 'sse', 'websocket', 'socket-io'] as const) {
        const route = { ...through(proxy), authority: stranger.certificate };
        // The proxy over TLS is itself one that the other authority does not vouch for.
        expect(await reach(what, connect(route))).toBe('insecure');
      }
      expect(backend.requests()).toBe(0);
    });
  });

  it('S3 asks a proxy for names, and looks none up itself', async () => {
    const proxy = await start({ kind: 'http', mood: { kind: 'status', status: 502 } });
    const http = connections({ ...through(proxy) }).http({
      baseUrl: 'https://bot.invalid',
      allowPlainHttp: false,
    });
    toClose.push(() => http.dispose());
    expect((await failureOf(ask(http))).message).toContain('cannot reach bot.invalid:443');
    expect(proxy.targets).toEqual(['bot.invalid:443']);
  });

  it('S3 takes no proxy from the environment', async () => {
    const proxy = await start({ kind: 'http' });
    for (const name of ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'https_proxy', 'NODE_USE_ENV_PROXY'])
      vi.stubEnv(name, name.startsWith('NODE') ? '1' : proxy.address);
    for (const what of ['http', 'sse', 'websocket', 'socket-io'] as const)
      expect(await reach(what, connect({ authority: authority.certificate }))).toBe('reached');
    expect(proxy.targets).toEqual([]);
  });
});

describe('the authority of a backend', () => {
  it.each(['http', 'sse', 'websocket', 'socket-io'] as const)('S3 vouches for it over %s', async (what) => {
    expect(await reach(what, connect({ authority: authority.certificate }))).toBe('reached');
  });

  it.each(['http', 'sse', 'websocket', 'socket-io'] as const)(
    'S3 is the only one that counts over %s, whatever the environment says',
    async (what) => {
      for (const lax of [undefined, '0']) {
        vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', lax);
        expect(await reach(what, connect({}))).toBe('insecure');
        expect(await reach(what, connect({ authority: stranger.certificate }))).toBe('insecure');
      }
      expect(backend.requests()).toBe(0);
    },
  );

  it('S3 does not make another name or an expired certificate good', async () => {
    for (const server of [{ names: ['another.example'] }, { notAfter: new Date(86_400_000) }]) {
      const wrong = await createPrivateAuthority('Bot Root', server);
      backend = await startBackend(wrong.server);
      expect(await reach('http', connect({ authority: wrong.certificate }))).toBe('insecure');
      expect(backend.requests()).toBe(0);
    }
  });
});

interface Backend {
  address: string;
  requests(): number;
  /** Everything that was said to it, in small letters. */
  seen(): string;
}

/** One server with TLS that speaks all four. */
async function startBackend(tls: { key: string; cert: string }): Promise<Backend> {
  const server = https.createServer(tls);
  let requests = 0;
  let seen = '';
  const note = (text: unknown): void => void (seen += JSON.stringify(text).toLowerCase());
  server.on('request', (request, response) => {
    requests += 1;
    note(request.headers);
    if (request.url?.startsWith('/events') === true) {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('data: hello\n\n');
    } else if (request.url?.startsWith('/socket.io/') !== true) {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end('{"ok":true}');
    }
  });
  const sockets = new WebSocketServer({ noServer: true });
  const io = new SocketIoServer(server);
  io.on('connection', (socket) => {
    note(socket.handshake.auth);
    socket.emit('hello', {});
  });
  server.on('upgrade', (request, socket, head) => {
    requests += 1;
    if (request.url?.startsWith('/live') !== true) return;
    note(request.headers);
    sockets.handleUpgrade(request, socket, head, (open) => open.send('hello'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  toClose.push(async () => {
    for (const open of sockets.clients) open.terminate();
    server.closeAllConnections();
    await io.close();
  });
  return {
    address: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: () => requests,
    seen: () => seen,
  };
}

async function start(options: Parameters<typeof startProxy>[0]): Promise<TestProxy> {
  const proxy = await startProxy({ tls: authority.server, ...options });
  toClose.push(() => proxy.close().catch(() => undefined));
  return proxy;
}

const through = (proxy: TestProxy): NetworkRoute => ({
  proxy: { address: proxy.address, credentials: () => Promise.resolve(PROXY_USER) },
  authority: authority.certificate,
});

const connections = (route: NetworkRoute): ConnectionsPort =>
  createConnections({ clock, log: silentLogger, random: () => 0.5 }).by(route);

interface Connected {
  port: ConnectionsPort;
  http: HttpPort;
}

function connect(route: NetworkRoute): HttpPort & Pick<Connected, 'port'> {
  const port = connections(route);
  const http = port.http({ baseUrl: backend.address, credentials, allowPlainHttp: false });
  toClose.push(() => http.dispose());
  return Object.assign(http, { port });
}

const credentials = (): Promise<Record<string, string>> =>
  Promise.resolve({ authorization: `Bearer ${TOKEN}` });

const ask = (http: HttpPort) =>
  http.request({ method: 'GET', path: '/ok', timeoutMs: 30_000, priority: 'read' });

/** "reached", or the code of what stood in the way. */
async function reach(
  what: 'http' | 'sse' | 'websocket' | 'socket-io',
  http: ReturnType<typeof connect>,
): Promise<string> {
  const { port } = http;
  const base = { baseUrl: backend.address, allowPlainHttp: false };
  switch (what) {
    case 'http':
      return ask(http).then(
        () => 'reached',
        (error: unknown) => (error instanceof HttpFailure ? error.linkCause.code : String(error)),
      );
    case 'sse':
      return firstOf(port.sse(http, '/events'));
    case 'websocket':
      return firstOf(port.websocket({ ...base, path: '/live', credentials }).transport);
    case 'socket-io': {
      const handshake = () => Promise.resolve({ auth: { token: TOKEN } });
      return firstOf(port.socketIo({ ...base, handshake, credentialWords: [] }).transport);
    }
  }
}

/** Waits for a message, or for the end of the attempt. */
function firstOf(transport: Transport): Promise<string> {
  return new Promise((resolve) => {
    const close = transport({
      opened: () => undefined,
      activity: () => undefined,
      rejected: () => undefined,
      message: () => resolve('reached'),
      closed: (cause) => resolve(cause.code),
    });
    toClose.push(close);
  });
}
