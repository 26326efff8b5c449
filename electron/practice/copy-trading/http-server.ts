import type { IncomingMessage, ServerResponse } from 'node:http';

import { isMembers } from '#shared/json.ts';

import type { Clock } from '../../lib/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import type { Faults } from '../faults.ts';
import { createHttpFaults } from '../http-faults.ts';
import type { PracticeHttpServer } from '../serving.ts';
import {
  createPracticeServer,
  decodePart,
  readText,
  SECURITY_HEADERS,
  sendText,
  setHeaders,
} from '../serving.ts';
import type { Owner } from './portfolio.ts';
import type { RequestWindow } from './request-window.ts';

export interface Answer {
  status: number;
  body: unknown;
}

interface WireRequest {
  params: readonly string[];
  query: URLSearchParams;
  body: Record<string, unknown>;
  /** Whose token came with it, where it came with a good one. */
  owner: Owner | null;
}

interface RequestOfOwner extends WireRequest {
  owner: Owner;
}

/** One endpoint below `/api`, unless its path says otherwise. */
export interface Route {
  method: string;
  path: string;
  run(request: WireRequest): Answer | { refusedFor: 'token' };
}

export const route = (method: string, path: string, run: (request: WireRequest) => Answer): Route => ({
  method,
  path,
  run,
});

/** Needs a token; without one the server says why. */
export const ownRoute = (method: string, path: string, run: (request: RequestOfOwner) => Answer): Route => ({
  method,
  path,
  run: (request) =>
    request.owner === null ? { refusedFor: 'token' } : run({ ...request, owner: request.owner }),
});

export const ok = (body: object): Answer => ({ status: 200, body: { success: true, ...body } });
export const failure = (status: number, error: string): Answer => ({ status, body: { error } });

interface HttpServerOptions {
  clock: Clock;
  log: Logger;
  faults: Faults;
  routes: readonly Route[];
  window: RequestWindow;
  readOwner(token: string): Owner | string;
}

/** Answers HTTP as the reference server does: the limit first, then the body, then the route. */
export function createHttpServer(options: HttpServerOptions): PracticeHttpServer {
  const { clock, faults, log, window } = options;
  const routes = options.routes.map((one) => ({ one, pattern: patternOf(one.path) }));
  const failing = createHttpFaults(clock, faults, {
    json: (response, status) => sendText(response, status, JSON_TYPE, JSON.stringify({ error: 'Injected' })),
    html: (response, status) =>
      sendText(
        response,
        status,
        'text/html; charset=utf-8',
        '<!DOCTYPE html><html><body>Injected</body></html>',
      ),
  });

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://practice');
    setHeaders(response, HEADERS);
    if (request.method === 'OPTIONS') {
      response.setHeader('Access-Control-Allow-Methods', 'GET,HEAD,PUT,PATCH,POST,DELETE');
      response.writeHead(204).end();
      return;
    }
    const text = await readText(request, MAX_BODY_BYTES);
    await failing.hold();
    if (failing.sendInjected(response, pathname) || overLimit(request, response, pathname)) return;
    const body = parseBody(request, text);
    const answer: Answer =
      body.kind === 'refused'
        ? {
            status: body.status,
            body: {
              success: false,
              error: body.message,
              timestamp: new Date(clock.now()).toISOString(),
              path: pathname,
            },
          }
        : answerTo(request, pathname, searchParams, body.value);
    failing.reply(request, pathname, () =>
      sendText(response, answer.status, JSON_TYPE, JSON.stringify(answer.body)),
    );
  }

  function answerTo(
    request: IncomingMessage,
    pathname: string,
    query: URLSearchParams,
    body: Record<string, unknown>,
  ): Answer {
    const method = request.method === 'HEAD' ? 'GET' : request.method;
    for (const { one, pattern } of routes) {
      const match = one.method === method ? pattern.exec(pathname) : null;
      if (match === null) continue;
      const owner = ownerOf(request);
      const answer = one.run({
        params: match.slice(1).map(decodePart),
        query,
        body,
        owner: typeof owner === 'string' ? null : owner,
      });
      if (!('refusedFor' in answer)) return answer;
      return failure(401, typeof owner === 'string' ? owner : 'Invalid token');
    }
    return failure(404, 'Route not found');
  }

  /** The second word counts, whatever the first one is (sheet, section 2). */
  function ownerOf(request: IncomingMessage): Owner | string {
    const header = request.headers.authorization;
    if (header === undefined || header === '') return 'No authorization header provided';
    const token = header.split(' ')[1];
    return token === undefined || token === '' ? 'No token provided' : options.readOwner(token);
  }

  function overLimit(request: IncomingMessage, response: ServerResponse, pathname: string): boolean {
    if (!pathname.startsWith('/api/')) return false;
    const { allowed, headers } = window.take(request.socket.remoteAddress ?? '');
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    if (!allowed) sendText(response, 429, 'text/html; charset=utf-8', 'Too many requests, try again later.');
    return !allowed;
  }

  const server = createPracticeServer(serve, 'copy trading', log);
  return { server, resume: failing.resume };
}

type ParsedBody =
  { kind: 'body'; value: Record<string, unknown> } | { kind: 'refused'; status: number; message: string };

/** Without the JSON content type a body counts as empty. */
function parseBody(request: IncomingMessage, text: string | null): ParsedBody {
  if (text === null) return { kind: 'refused', status: 413, message: 'request entity too large' };
  const isJson = /^application\/json\b/i.test(request.headers['content-type'] ?? '');
  if (!isJson || text === '') return { kind: 'body', value: {} };
  try {
    const value: unknown = JSON.parse(text);
    return { kind: 'body', value: isMembers(value) ? value : {} };
  } catch (error) {
    return { kind: 'refused', status: 400, message: error instanceof Error ? error.message : String(error) };
  }
}

function patternOf(path: string): RegExp {
  const full = path === '/health' ? path : `/api${path}`;
  return new RegExp(`^${full.replace(/:\w+/g, '([^/]+)')}/?$`, 'i');
}

const JSON_TYPE = 'application/json; charset=utf-8';
const MAX_BODY_BYTES = 10 * 1024 * 1024;
const HEADERS: Record<string, string> = {
  ...SECURITY_HEADERS,
  'Access-Control-Allow-Origin': 'http://localhost:3000',
  'Access-Control-Allow-Credentials': 'true',
  Vary: 'Origin, Accept-Encoding',
};
