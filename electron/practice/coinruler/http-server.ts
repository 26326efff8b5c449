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
import type { Answer } from './answer.ts';
import { failure } from './answer.ts';
import type { RateLimit } from './rate-limit.ts';
import { rateLimitHeaders } from './rate-limit.ts';

/** A request as the routes see it: the body is an object, whatever came. */
interface WireRequest {
  params: readonly string[];
  query: URLSearchParams;
  body: Record<string, unknown>;
}

export interface Route {
  method: 'GET' | 'POST' | 'PATCH' | 'PUT';
  /** Such as `/approvals/:id`; parameters are handed over in their order. */
  path: string;
  /** Asks for the owner header (sheet, section 2). */
  owner?: true;
  run(request: WireRequest): Answer;
}

interface HttpServerOptions {
  routes: readonly Route[];
  /** `null` as on a server where no owner is set: every protected call is refused. */
  ownerId: () => string | null;
  clock: Clock;
  log: Logger;
  faults: Faults;
  rateLimit: RateLimit;
  /** Told about each request that reached a route, for those who count. */
  onRequest(method: string, path: string): void;
}

/** Answers HTTP as the reference server does: same order of checks, same headers, same HTML where it has no JSON. */
export function createHttpServer(options: HttpServerOptions): PracticeHttpServer {
  const { clock, faults, rateLimit, log } = options;
  const routes = options.routes.map((route) => ({ route, pattern: patternOf(route.path) }));
  const failing = createHttpFaults(clock, faults, {
    json: (response, status) => send(response, failure(status, 'Database not connected')),
    html: (response, status) => sendHtml(response, status, 'Error: injected'),
  });

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://practice');
    const method = request.method ?? 'GET';
    const origin = request.headers.origin;
    setHeaders(response, SECURITY_HEADERS);
    if (origin !== undefined && !ALLOWED_ORIGINS.has(origin)) {
      sendHtml(response, 500, `Error: CORS blocked for origin: ${escapeHtml(origin)}`);
      return;
    }
    setHeaders(response, { Vary: 'Origin', 'Access-Control-Allow-Credentials': 'true' });
    if (origin !== undefined) response.setHeader('Access-Control-Allow-Origin', origin);
    if (method === 'OPTIONS') {
      setHeaders(response, {
        'Access-Control-Allow-Methods': 'GET,POST,PATCH,PUT,DELETE,OPTIONS',
        'Content-Length': '0',
      });
      response.writeHead(204).end();
      return;
    }
    const body = await readBody(request);
    if (body.kind === 'refused') {
      sendHtml(response, body.status, body.message);
      return;
    }
    await failing.hold();
    if (failing.sendInjected(response, url.pathname) || overLimit(request, response)) return;
    options.onRequest(method, url.pathname);
    const answer = route(method, url, body.value, request);
    failing.reply(request, url.pathname, () => send(response, answer));
  }

  function overLimit(request: IncomingMessage, response: ServerResponse): boolean {
    const allowance = rateLimit.take(request.socket.remoteAddress ?? '');
    if (allowance === null) return false;
    setHeaders(response, rateLimitHeaders(allowance, clock.now()));
    if (allowance.allowed) return false;
    sendText(response, 429, 'text/html; charset=utf-8', 'Too many requests, please try again later.');
    return true;
  }

  function route(method: string, url: URL, body: Record<string, unknown>, request: IncomingMessage): Answer {
    for (const { route: one, pattern } of routes) {
      const match = one.method === (method === 'HEAD' ? 'GET' : method) ? pattern.exec(url.pathname) : null;
      if (match === null) continue;
      const refused = one.owner === true ? ownerRefusal(request, options.ownerId()) : null;
      if (refused !== null) return refused;
      try {
        return one.run({ params: match.slice(1).map(decodePart), query: url.searchParams, body });
      } catch (error) {
        return failure(500, error instanceof Error ? error.message : String(error));
      }
    }
    return htmlAnswer(404, `Cannot ${method} ${url.pathname}`);
  }

  const server = createPracticeServer(serve, 'CoinRuler', log);
  return { server, resume: failing.resume };
}

/** First header present wins, compared as plain text (sheet, section 2). */
function ownerRefusal(request: IncomingMessage, ownerId: string | null): Answer | null {
  if (ownerId === null) return failure(403, 'Owner protection not configured');
  const { headers } = request;
  const given = headers['x-owner-id'] || headers['x-owner'] || headers['x-user-id'];
  return given === ownerId ? null : failure(401, 'Unauthorized');
}

type ParsedBody =
  { kind: 'body'; value: Record<string, unknown> } | { kind: 'refused'; status: number; message: string };

/** Without the JSON content type a body counts as empty; strict JSON means an object or a list (sheet, section 7, point 8). */
async function readBody(request: IncomingMessage): Promise<ParsedBody> {
  const text = await readText(request, MAX_BODY_BYTES);
  const isJson = /^application\/json\b/i.test(request.headers['content-type'] ?? '');
  if (!isJson || text === '') return { kind: 'body', value: {} };
  if (text === null)
    return { kind: 'refused', status: 413, message: 'PayloadTooLargeError: request entity too large' };
  try {
    const value: unknown = JSON.parse(text);
    if (isMembers(value)) return { kind: 'body', value };
    if (Array.isArray(value)) return { kind: 'body', value: {} };
    throw new SyntaxError(
      `Unexpected token '${text.trim().charAt(0)}', "${text.slice(0, 40)}" is not valid JSON`,
    );
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return {
      kind: 'refused',
      status: 400,
      message: `SyntaxError: ${message}<br> &nbsp; &nbsp;at JSON.parse (&lt;anonymous&gt;)`,
    };
  }
}

function send(response: ServerResponse, answer: Answer): void {
  switch (answer.kind) {
    case 'json':
      sendText(response, answer.status, 'application/json; charset=utf-8', JSON.stringify(answer.body));
      return;
    case 'text':
      if (answer.contentType.startsWith('text/html'))
        response.setHeader('Content-Security-Policy', "default-src 'none'");
      sendText(response, answer.status, answer.contentType, answer.body);
      return;
    case 'stream':
      answer.run(response);
  }
}

const sendHtml = (response: ServerResponse, status: number, message: string): void =>
  send(response, htmlAnswer(status, message));

const htmlAnswer = (status: number, message: string): Answer => ({
  kind: 'text',
  status,
  contentType: 'text/html; charset=utf-8',
  body: `<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>Error</title>\n</head>\n<body>\n<pre>${message}</pre>\n</body>\n</html>\n`,
});

function patternOf(path: string): RegExp {
  const source = path.replace(/[.]/g, '\\.').replace(/:\w+/g, '([^/]+)');
  return new RegExp(`^${source}${path === '/' ? '' : '/?'}$`, 'i');
}

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => `&#${character.codePointAt(0)};`);

const MAX_BODY_BYTES = 100 * 1024;
const ALLOWED_ORIGINS = new Set(['http://localhost:3000', 'https://mycoinruler.xyz']);
