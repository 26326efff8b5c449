import { createHmac, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, Server as HttpServer, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { Socket } from 'socket.io';
import { Server } from 'socket.io';
import { z } from 'zod';

import type { Recorder } from '../../../connections/testing/recorder.ts';
import { createRecorder } from '../../../connections/testing/recorder.ts';
import { recordedAnswer } from './recordings.ts';
import type { Stubbed } from './stub-server.ts';

export type Door = 'plain' | 'realtime';

interface Asked {
  door: Door;
  call: string;
  body: unknown;
  status: number;
}

/**
 * Both servers of the fact sheet in one process, on two ports, with one memory and one limit (§1): written from the sheet and the
 * recordings alone, with the faults that a test wants of it. It dies of what the sheet says that it dies of.
 */
export interface SheetServer {
  address: Record<Door, string>;
  asked: Recorder<Asked>;
  heard: Recorder<{ door: Door; event: string; payloads: unknown[] }>;
  /** Wallets of the traders that a wallet follows. */
  followed(wallet: string): string[];
  /** Requests in the present window. */
  counted(): number;
  /** How often a payload was missing (§5). */
  crashes(): number;
  /** Says this from now on instead of what the sheet says; `null` takes it back. */
  on(call: string, answer: Stubbed | null): void;
  /** Carries the call out, and loses the answer. */
  loseReply(call: string): void;
  /** Takes the call in, and carries it out only when released. */
  delay(call: string): { release(): void };
  /** To everybody on one port. */
  tell(door: Door, event: string, payload: unknown): void;
  /** The packets as they stand, whatever they are. */
  tellRaw(door: Door, packet: string): void;
  /** Whether pings are answered at once, or wait for `releasePongs`. */
  pongs: 'at once' | 'held';
  releasePongs(): void;
  /** Another process: ids new, users, tokens' users and follows gone (§2). */
  restart(): void;
  close(): Promise<void>;
}

const SECRET = 'sheet';
const LIMIT = 100;
const WINDOW_MS = 15 * 60_000;

const credentials = z.object({ walletAddress: z.string().min(1), signature: z.string().min(1) });
const traderIn = z.object({ traderId: z.string().min(1) });
const followIn = traderIn.extend({ amount: z.number().refine((amount) => amount !== 0) });
const claims = z.object({ userId: z.string(), walletAddress: z.string(), exp: z.number() });
const recordedTraders = z.object({ traders: z.array(z.looseObject({ walletAddress: z.string() })) });

export async function startSheetServer(now: () => number): Promise<SheetServer> {
  const asked = createRecorder<Asked>();
  const heard = createRecorder<{ door: Door; event: string; payloads: unknown[] }>();
  const overrides = new Map<string, Stubbed>();
  const lost = new Set<string>();
  const delayed = new Map<string, (() => void)[]>();
  let window = { sinceMs: now(), count: 0 };
  let crashes = 0;
  let memory = newMemory();
  const heldPongs: (() => void)[] = [];

  function newMemory() {
    const { traders } = recordedTraders.parse(recordedAnswer('traders'));
    return {
      startedAtMs: now(),
      traders: traders.map((one) => ({ ...one, id: randomUUID() })),
      users: new Map<string, { id: string; walletAddress: string; createdAt: string }>(),
      follows: new Map<string, Set<string>>(),
    };
  }

  const iso = (): string => new Date(now()).toISOString();
  const say = (status: number, json: unknown): Stubbed => ({ status, json });

  function tokenFor(user: { id: string; walletAddress: string }): string {
    const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const iat = Math.floor(now() / 1_000);
    const body = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ userId: user.id, walletAddress: user.walletAddress, iat, exp: iat + 86_400 })}`;
    return `${body}.${sign(body)}`;
  }
  const sign = (body: string): string => createHmac('sha256', SECRET).update(body).digest('base64url');

  /** §2: the second word of the header is taken, whatever the first is. */
  function whoAsks(header: string | undefined): z.output<typeof claims> | Stubbed {
    if (header === undefined) return say(401, { error: 'No authorization header provided' });
    const token = header.split(' ')[1];
    if (token === undefined || token === '') return say(401, { error: 'No token provided' });
    const [head = '', payload = '', signature = ''] = token.split('.');
    if (sign(`${head}.${payload}`) !== signature) return say(401, { error: 'Invalid token' });
    const read = claims.parse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')));
    return read.exp * 1_000 < now() ? say(401, { error: 'Token expired' }) : read;
  }

  function carryOut(call: string, body: unknown, header: string | undefined): Stubbed {
    const open = OPEN[call]?.(body);
    if (open !== undefined) return open;
    const path = call.split(' ')[1] ?? '';
    if (!path.startsWith('/auth') && !path.startsWith('/portfolio') && !/follow$|realtime/.test(path))
      return say(404, { error: 'Route not found' });
    const who = whoAsks(header);
    if (!('userId' in who)) return who;
    const mine = memory.follows.get(who.userId) ?? new Set<string>();
    switch (call) {
      case 'GET /auth/profile': {
        const user = [...memory.users.values()].find(({ id }) => id === who.userId);
        if (user === undefined) return say(404, { error: 'User not found' });
        return say(200, { success: true, user: { ...user, totalValue: 0, activePositions: mine.size } });
      }
      case 'GET /portfolio': {
        const { portfolio } = recordedAnswer('portfolio') as { portfolio: object };
        return say(200, { success: true, portfolio: { ...portfolio, followingCount: mine.size } });
      }
      case 'GET /portfolio/positions':
        return say(200, recordedAnswer('portfolio positions'));
      case 'GET /portfolio/history':
        return say(200, recordedAnswer('portfolio history'));
      case 'POST /traders/follow': {
        const wish = followIn.safeParse(body).data;
        if (wish === undefined) return say(400, { error: 'Trader ID and amount are required' });
        if (!memory.traders.some(({ id }) => id === wish.traderId))
          return say(404, { error: 'Trader not found' });
        if (mine.has(wish.traderId)) return say(400, { error: 'Already following this trader' });
        memory.follows.set(who.userId, mine.add(wish.traderId));
        return say(200, recordedAnswer('follow'));
      }
      case 'POST /traders/unfollow': {
        const wish = traderIn.safeParse(body).data;
        if (wish === undefined || !mine.delete(wish.traderId))
          return say(404, { error: 'Not following this trader' });
        return say(200, recordedAnswer('unfollow'));
      }
      default:
        // §4.3: all that is left wants a user under another name than the token gives it.
        return say(401, { error: 'User not authenticated' });
    }
  }

  const OPEN: Record<string, ((body: unknown) => Stubbed) | undefined> = {
    'POST /auth/login'(body) {
      const given = credentials.safeParse(body).data;
      if (given === undefined) return say(400, { error: 'Wallet address and signature are required' });
      const { walletAddress } = given;
      const known = memory.users.get(walletAddress);
      const user = known ?? { id: randomUUID(), walletAddress, createdAt: iso() };
      memory.users.set(walletAddress, user);
      return say(200, { success: true, token: tokenFor(user), user });
    },
    'GET /traders': () => say(200, { success: true, traders: memory.traders, total: memory.traders.length }),
    'GET /realtime/market-data': () => say(200, recordedAnswer('realtime market-data')),
    'GET /kana-labs/status': () => say(200, recordedAnswer('kana status')),
    'POST /copy-trading/execute': () => say(200, recordedAnswer('copy execute')),
  };

  function answer(door: Door, request: IncomingMessage, response: ServerResponse, text: string): void {
    const path = (request.url ?? '').split('?')[0] ?? '';
    const call = `${request.method ?? ''} ${path.replace(/^\/api/, '')}`;
    const send = ({ status = 200, json, text: words, headers, hang }: Stubbed): void => {
      asked.add({ door, call, body, status });
      if (hang === true) return;
      const type = words === undefined ? 'application/json; charset=utf-8' : 'text/html; charset=utf-8';
      response
        .writeHead(status, { 'content-type': type, ...limits, ...headers })
        .end(words ?? JSON.stringify(json));
    };
    let body: unknown = null;
    let limits: Record<string, string> = {};
    if (path === '/health')
      return send(say(200, { status: 'OK', timestamp: iso(), uptime: (now() - memory.startedAtMs) / 1_000 }));
    const refusal = count();
    const resetAtMs = window.sinceMs + WINDOW_MS;
    limits = {
      'x-ratelimit-limit': String(LIMIT),
      'x-ratelimit-remaining': String(Math.max(0, LIMIT - window.count)),
      'x-ratelimit-reset': String(Math.ceil(resetAtMs / 1_000)),
    };
    if (refusal)
      return send({
        status: 429,
        text: 'Too many requests from this IP, please try again later.',
        headers: { 'retry-after': String(Math.ceil((resetAtMs - now()) / 1_000)) },
      });
    try {
      body = text === '' ? null : JSON.parse(text);
    } catch {
      return send(say(400, { success: false, error: 'Unexpected token', timestamp: iso(), path }));
    }
    const held = path.startsWith('/api/copy-trading/positions/');
    const stubbed =
      overrides.get(call) ?? (held ? overrides.get('GET /copy-trading/positions/:wallet') : undefined);
    if (stubbed !== undefined) return send(stubbed);
    const act = (): void => {
      const done = held
        ? say(200, { success: true, data: { positions: [], totalPositions: 0, timestamp: now() } })
        : carryOut(call, body, request.headers.authorization);
      send(lost.delete(call) ? { ...done, hang: true } : done);
    };
    const waiting = delayed.get(call);
    if (waiting === undefined) act();
    else waiting.push(act);
  }

  /** Whether the request is one too many. */
  function count(): boolean {
    if (now() - window.sinceMs >= WINDOW_MS) window = { sinceMs: now(), count: 0 };
    window.count += 1;
    return window.count > LIMIT;
  }

  function onSocket(door: Door, socket: Socket): void {
    socket.onAny((event: string, ...payloads: unknown[]) => {
      heard.add({ door, event, payloads });
      const [payload] = payloads;
      const given = typeof payload === 'object' && payload !== null ? { ...payload } : null;
      if (given === null && event !== 'ping') {
        // §5: the plain server takes the payload apart without looking, and the process is gone.
        crashes += 1;
        for (const io of Object.values(ios)) io.disconnectSockets(true);
        return;
      }
      if (door === 'realtime') onRealtime(socket, event, { ...given });
      else if (event === 'get_portfolio')
        socket.emit('portfolio_update', { totalValue: 0, positions: [], isRealTime: true, ...given });
    });
  }

  function onRealtime(socket: Socket, event: string, given: Record<string, unknown>): void {
    const { traderId, symbols } = given;
    const type = event.endsWith('market') ? 'market' : 'trader';
    switch (event) {
      case 'ping': {
        const pong = (): void => void socket.emit('pong', { timestamp: now() });
        if (server.pongs === 'at once') pong();
        else heldPongs.push(pong);
        return;
      }
      case 'subscribe_trader':
      case 'subscribe_market':
        socket.emit('subscription_confirmed', { type, traderId, symbols, message: 'ok' });
        return;
      case 'unsubscribe_trader':
        socket.emit('unsubscription_confirmed', { type, traderId, message: 'ok' });
        return;
      case 'get_portfolio':
        socket.emit('error', { message: 'Authentication required' });
    }
  }

  function listen(door: Door): HttpServer {
    return createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => answer(door, request, response, Buffer.concat(chunks).toString('utf8')));
    });
  }

  const https = { plain: listen('plain'), realtime: listen('realtime') };
  const ios = { plain: new Server(https.plain), realtime: new Server(https.realtime) };
  for (const door of ['plain', 'realtime'] as const) {
    ios[door].on('connection', (socket) => onSocket(door, socket));
    await new Promise<void>((resolve) => https[door].listen(0, '127.0.0.1', resolve));
  }
  const addressOf = (door: Door): string => `http://127.0.0.1:${(https[door].address() as AddressInfo).port}`;

  const server: SheetServer = {
    address: { plain: addressOf('plain'), realtime: addressOf('realtime') },
    asked,
    heard,
    followed(wallet) {
      const ids = memory.follows.get(memory.users.get(wallet)?.id ?? '') ?? new Set();
      return memory.traders.filter(({ id }) => ids.has(id)).map(({ walletAddress }) => walletAddress);
    },
    counted: () => window.count,
    crashes: () => crashes,
    on(call, stubbed) {
      if (stubbed === null) overrides.delete(call);
      else overrides.set(call, stubbed);
    },
    loseReply: (call) => void lost.add(call),
    delay(call) {
      const waiting: (() => void)[] = [];
      delayed.set(call, waiting);
      return {
        release() {
          delayed.delete(call);
          for (const act of waiting) act();
        },
      };
    },
    tell: (door, event, payload) => void ios[door].emit(event, payload),
    tellRaw(door, packet) {
      for (const { conn } of ios[door].of('/').sockets.values()) conn.write(packet);
    },
    pongs: 'at once',
    releasePongs() {
      for (const pong of heldPongs.splice(0)) pong();
    },
    restart() {
      memory = newMemory();
      for (const io of Object.values(ios)) io.disconnectSockets(true);
    },
    async close() {
      for (const door of ['plain', 'realtime'] as const) {
        const closed = new Promise((resolve) => https[door].close(resolve));
        ios[door].disconnectSockets(true);
        https[door].closeAllConnections();
        await closed;
      }
    },
  };
  return server;
}
