import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer, request as requestOf } from 'node:http';
import type { Socket } from 'node:net';

import type { Clock } from '../../lib/clock.ts';
import { soon } from '../../lib/testing/soon.ts';
import { listen } from '../../practice/listen.ts';
import type { Random } from '../../practice/random.ts';
import { createEventCutter } from './frames.ts';
import { MARK } from './marked-requests.ts';
import type { ProxyFaults } from './proxy-faults.ts';
import { garbageEvent, noFaults, replacement } from './proxy-faults.ts';
import { passSocket } from './proxied-socket.ts';
import { createStreamBender } from './stream-bender.ts';

/** A request of the desk as it passed, or did not. */
export interface WireRequest {
  kind: string;
  /** Of the desk's own numbering; `null` for what no request of its HTTP made. */
  number: number | null;
  method: string;
  path: string;
  body: string;
  /** When the proxy got it, and when the server did; `null` when it never got there. */
  atMs: number;
  reachedMs: number | null;
  /** What the server answered, whether or not the desk heard it. */
  status: number | null;
}

/** The longest that the system may hold on to a port that was given back. */
const FREE_WITHIN_MS = 5_000;

/** Stands between the desk and one server: HTTP, event streams, WebSocket and Socket.IO alike. */
export interface FaultProxy {
  readonly port: number;
  readonly faults: ProxyFaults;
  /** As a process that is gone: nobody listens, what was open is reset. */
  refuse(): void;
  accept(): Promise<void>;
  /** Resets what is open. */
  drop(): void;
  /** Ends a blackhole. What it swallowed comes late, where the network may still have it, or never. */
  clear(): void;
  close(): void;
}

export interface ProxyOptions {
  kind: string;
  clock: Clock;
  random: Random;
  target: () => number;
  onRequest(request: WireRequest): void;
  /** Bytes moved. */
  onActivity(): void;
}

/** A packet is sent again for a while; the desk's own words on late marks reckon with half a minute. */
const MAY_COME_LATE_MS = 20_000;

export async function startFaultProxy(options: ProxyOptions): Promise<FaultProxy> {
  const { kind, clock, random } = options;
  const faults = noFaults();
  const sockets = new Set<Socket>();
  const swallowed: { atMs: number; go(): void }[] = [];
  let server = make();
  const port = await listen(server, 0);

  function make(): Server {
    const made = createServer((request, response) => void handle(request, response));
    made.on('upgrade', (request, client, head) => {
      noted(request, '');
      passSocket({ ...options, faults }, request, client, head);
    });
    made.on('connection', (socket) => {
      options.onActivity();
      sockets.add(socket);
      socket.on('close', () => {
        options.onActivity();
        sockets.delete(socket);
      });
    });
    // Nothing here may end a connection that a client keeps: only faults do, and the server behind it.
    made.keepAliveTimeout = 0;
    made.requestTimeout = 0;
    made.headersTimeout = 0;
    return made;
  }

  function noted(request: IncomingMessage, body: string): WireRequest {
    const mark = Number(request.headers[MARK] ?? 0);
    const wire: WireRequest = {
      kind,
      number: mark === 0 ? null : mark,
      method: request.method ?? '',
      path: request.url ?? '',
      body,
      atMs: clock.now(),
      reachedMs: null,
      status: null,
    };
    options.onRequest(wire);
    return wire;
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('error', () => undefined);
    await new Promise((resolve) => request.once('close', resolve).once('end', resolve));
    options.onActivity();
    const body = Buffer.concat(chunks);
    const wire = noted(request, body.toString());
    if (faults.blackhole) {
      swallowed.push({ atMs: clock.now(), go: () => forward(request, body, wire, response) });
      return;
    }
    const { instead } = faults;
    if (instead !== null && !instead.after && random.chance(instead.share)) replace(response, instead.what);
    else forward(request, body, wire, response);
  }

  function forward(
    request: IncomingMessage,
    body: Buffer,
    wire: WireRequest,
    response: ServerResponse,
  ): void {
    wire.reachedMs = clock.now();
    const onward = requestOf({
      host: '127.0.0.1',
      port: options.target(),
      method: request.method,
      path: request.url,
      headers: onwardHeaders(request),
      agent: false,
    });
    onward.on('error', () => {
      options.onActivity();
      response.destroy();
    });
    onward.on('response', (answer) => {
      options.onActivity();
      wire.status = answer.statusCode ?? null;
      if (answer.headers['content-type']?.startsWith('text/event-stream') === true) stream(answer, response);
      else void whole(answer, response);
    });
    response.on('close', () => {
      options.onActivity();
      onward.destroy();
    });
    onward.end(body);
  }

  /** A whole answer, or what becomes of it. */
  async function whole(answer: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of answer) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
    } catch {
      response.destroy();
      return;
    }
    options.onActivity();
    const body = Buffer.concat(chunks);
    const { blackhole, instead, lateMs, loseReplies } = faults;
    if (blackhole) return;
    if (loseReplies !== null && random.chance(loseReplies.share)) {
      if (!loseReplies.silent) response.destroy();
      return;
    }
    const send = (): void => {
      options.onActivity();
      if (response.destroyed) return;
      if (instead?.after === true && random.chance(instead.share)) replace(response, instead.what);
      else response.writeHead(answer.statusCode ?? 200, ownHeaders(answer, body.length)).end(body);
    };
    if (lateMs === 0) send();
    else clock.after(random.whole(0, lateMs), send);
  }

  function replace(response: ServerResponse, what: NonNullable<ProxyFaults['instead']>['what']): void {
    options.onActivity();
    const { status, type, body } = replacement(what, random);
    response.writeHead(status, { 'content-type': type }).end(status === 204 ? undefined : body);
  }

  function stream(answer: IncomingMessage, response: ServerResponse): void {
    response.writeHead(answer.statusCode ?? 200, ownHeaders(answer, null));
    response.flushHeaders();
    const cutter = createEventCutter();
    const bender = createStreamBender({
      faults: () => faults,
      clock,
      random,
      garbage: () => Buffer.from(garbageEvent(random)),
      write(bytes) {
        options.onActivity();
        response.write(bytes);
      },
    });
    answer.on('data', (chunk: Buffer) => {
      options.onActivity();
      for (const event of cutter.push(chunk)) bender.push(event, event[0] !== COLON);
    });
    answer.on('error', () => response.destroy());
    answer.on('close', () => {
      options.onActivity();
      bender.end();
      // The end of a stream that is swallowed is not seen either.
      if (!faults.blackhole && !faults.mute) response.destroy();
    });
    response.on('close', () => bender.end());
  }

  function drop(): void {
    for (const socket of sockets) socket.resetAndDestroy();
  }

  /** Not waited for: what is open is reset, whatever the server thinks of it. */
  function shut(): void {
    server.close();
    server.closeAllConnections();
    drop();
  }

  return {
    port,
    faults,
    refuse: shut,
    async accept() {
      server = make();
      // The port is free again as soon as the system has let go of it.
      await soon(() => listen(server, port), FREE_WITHIN_MS);
    },
    drop,
    clear() {
      if (!faults.blackhole) return;
      faults.blackhole = false;
      const nowMs = clock.now();
      for (const { atMs, go } of swallowed.splice(0))
        if (nowMs - atMs <= MAY_COME_LATE_MS && random.chance(0.5)) go();
      // Connections that the network swallowed for a while are as likely to be dead as to go on.
      for (const socket of sockets) if (random.chance(0.5)) socket.resetAndDestroy();
    },
    close: shut,
  };
}

const COLON = ':'.charCodeAt(0);

function onwardHeaders(request: IncomingMessage): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(request.headers))
    if (value !== undefined && name !== MARK && name !== 'connection') headers[name] = value;
  return headers;
}

function ownHeaders(answer: IncomingMessage, length: number | null): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(answer.headers))
    if (value !== undefined && !HOP.has(name)) headers[name] = value;
  if (length !== null) headers['content-length'] = String(length);
  return headers;
}

const HOP = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-length']);
