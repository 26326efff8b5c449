import { createServer } from 'node:http';
import type { IncomingMessage, Server as HttpServer, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { Socket } from 'socket.io';
import { Server } from 'socket.io';

import type { Recorder } from '../../../connections/testing/recorder.ts';
import { createRecorder } from '../../../connections/testing/recorder.ts';
import { createSheetState } from './sheet-state.ts';
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
  /** Follows of everybody, of users that are gone too. */
  follows(): number;
  /** Requests in the present window. */
  counted(): number;
  /** Requests that were taken in and have no answer, because a test wants it so. */
  hanging(): number;
  /** How often a payload was missing (§5). */
  crashes(): number;
  /** Says this from now on instead of what the sheet says; `null` takes it back. */
  on(call: string, answer: Stubbed | null): void;
  /** Carries the call out, and loses the answer. */
  loseReply(call: string): void;
  /** Carries the call out, and says this instead, once. */
  belie(call: string, answer: Stubbed): void;
  /** Takes the call in, and carries it out only when released. */
  delay(call: string): { release(): void };
  /** To everybody on one port. */
  tell(door: Door, event: string, payload: unknown): void;
  /** The packets as they stand, whatever they are. */
  tellRaw(door: Door, packet: string): void;
  /** Whether pings are answered at once, or wait for `releasePongs`. */
  pongs: 'at once' | 'held';
  releasePongs(): void;
  /** Another process: ids new, users, tokens' users and follows gone (§2). Sockets end with it, or seem to go on behind a proxy. */
  restart(sockets?: 'end' | 'go on'): void;
  /** Ends what is open, as a bad line does. */
  drop(): void;
  close(): Promise<void>;
}

const LIMIT = 100;
const WINDOW_MS = 15 * 60_000;
/** A plain sentence, and no JSON (§1). */
const TOO_MANY: Stubbed = { status: 429, text: 'Too many requests from this IP, please try again later.' };

export async function startSheetServer(now: () => number): Promise<SheetServer> {
  const asked = createRecorder<Asked>();
  const heard = createRecorder<{ door: Door; event: string; payloads: unknown[] }>();
  const overrides = new Map<string, Stubbed>();
  const lost = new Set<string>();
  const belied = new Map<string, Stubbed>();
  const delayed = new Map<string, (() => void)[]>();
  let window = { sinceMs: now(), count: 0 };
  let crashes = 0;
  const hanging = new Set<ServerResponse>();
  const state = createSheetState(now);
  const heldPongs: (() => void)[] = [];

  function answer(door: Door, request: IncomingMessage, response: ServerResponse, text: string): void {
    const path = (request.url ?? '').split('?')[0] ?? '';
    const call = `${request.method ?? ''} ${path.replace(/^\/api/, '')}`;
    const send = (body: unknown, { status = 200, json, text: words, headers, hang }: Stubbed): void => {
      asked.add({ door, call, body, status });
      if (hang === true) {
        hanging.add(response);
        return;
      }
      const type = words === undefined ? 'application/json; charset=utf-8' : 'text/html; charset=utf-8';
      response
        .writeHead(status, { 'content-type': type, ...(path === '/health' ? {} : limits()), ...headers })
        .end(words ?? JSON.stringify(json));
    };
    if (path === '/health') {
      const timestamp = new Date(now()).toISOString();
      send(null, { json: { status: 'OK', timestamp, uptime: state.uptime() } });
    } else if (isOneTooMany()) send(null, TOO_MANY);
    else answerCall(call, text, request.headers.authorization, send, () => hanging.add(response));
  }

  function answerCall(
    call: string,
    text: string,
    header: string | undefined,
    send: (body: unknown, stubbed: Stubbed) => void,
    hang: () => void,
  ): void {
    let body: unknown = null;
    try {
      body = text === '' ? null : JSON.parse(text);
    } catch {
      send(null, { status: 400, json: { success: false, error: 'Unexpected token', path: call } });
      return;
    }
    const act = (): void => {
      const done = overrides.get(call) ?? state.carryOut(call, body, header);
      const said = belied.get(call) ?? done;
      belied.delete(call);
      send(body, lost.delete(call) ? { ...said, hang: true } : said);
    };
    const waiting = delayed.get(call);
    if (waiting === undefined) act();
    else {
      hang();
      waiting.push(act);
    }
  }

  const resetAtMs = (): number => window.sinceMs + WINDOW_MS;
  const limits = (): Record<string, string> => ({
    'x-ratelimit-limit': String(LIMIT),
    'x-ratelimit-remaining': String(Math.max(0, LIMIT - window.count)),
    'x-ratelimit-reset': String(Math.ceil(resetAtMs() / 1_000)),
    ...(window.count > LIMIT ? { 'retry-after': String(Math.ceil((resetAtMs() - now()) / 1_000)) } : {}),
  });

  function isOneTooMany(): boolean {
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
      case 'get_portfolio': {
        // §2: whose token is not taken is a guest, without a word.
        if (!state.isTaken(socket.handshake.auth.token))
          socket.emit('error', { message: 'Authentication required' });
        else socket.emit('portfolio_update', { totalValue: 15_750.25, activePositions: 2, positions: [] });
      }
    }
  }

  function listen(door: Door): HttpServer {
    return createServer((request, response) => {
      response.on('close', () => hanging.delete(response));
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
    followed: state.followed,
    follows: state.follows,
    counted: () => window.count,
    hanging: () => hanging.size,
    crashes: () => crashes,
    on(call, stubbed) {
      if (stubbed === null) overrides.delete(call);
      else overrides.set(call, stubbed);
    },
    loseReply: (call) => void lost.add(call),
    belie: (call, answer) => void belied.set(call, answer),
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
    restart(sockets = 'end') {
      state.restart();
      if (sockets === 'end') server.drop();
    },
    drop() {
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
