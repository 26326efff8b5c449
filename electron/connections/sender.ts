import type { IncomingMessage } from 'node:http';

import type { Clock } from '../lib/clock.ts';
import type { BaseAddress } from './address.ts';
import { createAgent } from './agents.ts';
import { answerHeaders } from './answer.ts';
import type { Budget, Ticket } from './budget.ts';
import type { Call } from './call.ts';
import { startExchange } from './exchange.ts';
import type { Exchange } from './exchange.ts';
import {
  insecureFailure,
  networkFailure,
  strayPathFailure,
  unreadableCredentialsFailure,
} from './failure.ts';
import { HttpFailure } from './port.ts';
import type { HttpOptions, HttpRequest, NetworkRoute } from './port.ts';
import { parseRetryAfter } from './retry-after.ts';

const MOST_REDIRECTS = 3;
const KEPT_CONNECTIONS = 8;
/** The wait after a 429 that names none. */
const REFUSED_MS = 5_000;

/** Gets requests to the server: budget, credentials, redirects, kept connections. */
export interface Sender {
  /** Answers the head of whatever is neither a redirect nor a 429 (but for who reads it). Rejects with `HttpFailure`. */
  open(call: Call, request: HttpRequest, accept: string): Promise<IncomingMessage>;
  dispose(): void;
}

export function createSender(parts: {
  address: BaseAddress;
  options: Pick<HttpOptions, 'allowPlainHttp' | 'credentials'>;
  budget: Budget;
  clock: Clock;
  route: NetworkRoute;
}): Sender {
  const { address, options, budget, clock, route } = parts;
  const secure = address.origin.startsWith('https:');
  const agent = createAgent(route, secure, clock, {
    keepAlive: true,
    maxSockets: KEPT_CONNECTIONS,
    maxFreeSockets: 2,
    scheduling: 'lifo',
  });
  const fresh = createAgent(route, secure, clock);

  async function open(call: Call, request: HttpRequest, accept: string): Promise<IncomingMessage> {
    if (address.exposed && !options.allowPlainHttp) {
      throw insecureFailure(address.host);
    }
    let url = address.at(request.path);
    if (url === null) throw strayPathFailure(address.host);
    for (let redirects = 0; ; redirects += 1) {
      const ticket = await call.during(admitted(request));
      if (redirects === 0) call.startTimer(request.timeoutMs);
      const sending = send(call, request, url, accept);
      const response = await answered(call, ticket, sending, request.reads429 ?? false);
      const next = redirectTarget(request, url, response, redirects);
      if (next === null) return response;
      response.destroy();
      url = next;
    }
  }

  async function admitted(request: HttpRequest): Promise<Ticket> {
    return budget.admit(request.priority, request.timeoutMs, request.signal);
  }

  /** Settles the ticket by what became of the request. */
  async function answered(
    call: Call,
    ticket: Ticket,
    sending: Promise<IncomingMessage>,
    reads429: boolean,
  ): Promise<IncomingMessage> {
    let response: IncomingMessage;
    try {
      response = await call.during(sending);
    } catch (error) {
      const failure = networkFailure(error, address.host, call.phase());
      if (failure.sent) ticket.answered();
      else ticket.giveBack();
      throw failure;
    }
    ticket.answered();
    const headers = answerHeaders(response);
    budget.observe(headers);
    if (response.statusCode !== 429 || reads429) return response;
    response.destroy();
    const retryAfterMs = parseRetryAfter(headers, clock.now()) ?? REFUSED_MS;
    budget.refuse(retryAfterMs);
    const message = `${address.host} accepts no more requests for ${Math.ceil(retryAfterMs / 1_000)} s.`;
    throw new HttpFailure({ code: 'rate-limited', message }, false, retryAfterMs);
  }

  /** One exchange, and a second one where a kept connection turned out to be dead and nothing was asked to happen. */
  async function send(call: Call, request: HttpRequest, url: URL, accept: string): Promise<IncomingMessage> {
    const body = bodyOf(request);
    const headers = headersOf(request, accept, body, await credentials());
    const start = (over: typeof agent): Exchange =>
      call.send(() => startExchange({ url, method: request.method, headers, body, agent: over, clock }));
    if (needsOwnConnection(request, accept)) return start(fresh).head;
    const exchange = start(agent);
    try {
      return await exchange.head;
    } catch (error) {
      dropIdleConnections();
      if (!exchange.lostKeptConnection()) throw error;
      return start(fresh).head;
    }
  }

  async function credentials(): Promise<Record<string, string>> {
    try {
      return (await options.credentials?.()) ?? {};
    } catch {
      throw unreadableCredentialsFailure(address.host);
    }
  }

  /** The next address of a redirect, or null when the answer is none. Credentials go nowhere but to the backend's own origin (S3). */
  function redirectTarget(
    request: HttpRequest,
    url: URL,
    response: IncomingMessage,
    redirects: number,
  ): URL | null {
    if (![301, 302, 303, 307, 308].includes(response.statusCode ?? 0)) return null;
    const target = address.redirect(url, response.headers.location);
    if (target !== null && request.method === 'GET' && redirects < MOST_REDIRECTS) return target;
    response.destroy();
    const words =
      target === null
        ? 'sends to another address, which was not followed'
        : request.method === 'GET'
          ? 'sends in circles'
          : 'sends an act elsewhere instead of answering it';
    throw new HttpFailure({ code: 'bad-answer', message: `${address.host} ${words}.` }, true);
  }

  /** One kept connection that died says that its neighbours may have too, as after a sleep. */
  function dropIdleConnections(): void {
    for (const sockets of Object.values(agent.freeSockets)) {
      for (const socket of sockets ?? []) socket.destroy();
    }
  }

  return {
    open,
    dispose() {
      agent.destroy();
      fresh.destroy();
    },
  };
}

/** Always an object for what changes something: handlers take their body apart without looking (coinruler.md, §7.8). */
function bodyOf(request: HttpRequest): string | null {
  if (request.form !== undefined) return new URLSearchParams(request.form).toString();
  if (request.body === undefined && (request.method === 'GET' || request.method === 'DELETE')) return null;
  return JSON.stringify(request.body ?? {});
}

/** Names in lower case, so that a caller's header cannot stand beside a credential of the same name. */
function headersOf(
  request: HttpRequest,
  accept: string,
  body: string | null,
  credentials: Record<string, string>,
): Record<string, string> {
  const headers: Record<string, string> = {
    accept,
    'accept-encoding': 'identity',
    'user-agent': 'Quarterdeck',
  };
  for (const [name, value] of Object.entries({ ...request.headers })) headers[name.toLowerCase()] = value;
  for (const [name, value] of Object.entries(credentials)) headers[name.toLowerCase()] = value;
  if (body === null) return headers;
  return {
    ...headers,
    'content-type': request.form === undefined ? 'application/json' : 'application/x-www-form-urlencoded',
    'content-length': String(Buffer.byteLength(body)),
  };
}

/**
 * A kept connection saves a handshake, but the server may have closed it a moment ago, and then the fate of a request is
 * unknown. Whatever acts, and whatever must not fail for that reason, goes over a fresh one. So do streams, which would hold one for ever.
 */
function needsOwnConnection(request: HttpRequest, accept: string): boolean {
  const isUrgent = request.priority === 'panic' || request.priority === 'decision';
  return request.method !== 'GET' || isUrgent || accept === EVENT_STREAM;
}

export const EVENT_STREAM = 'text/event-stream';
