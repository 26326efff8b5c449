import type { IncomingMessage, ServerResponse } from 'node:http';

import { parseJson } from '#shared/json.ts';

import type { Clock } from '../../lib/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import type { Faults } from '../faults.ts';
import { createHttpFaults } from '../http-faults.ts';
import type { PracticeHttpServer } from '../serving.ts';
import { createPracticeServer, decodePart, readText, sendText } from '../serving.ts';

export interface Answer {
  status: number;
  body: unknown;
}

export const ok = (body: unknown): Answer => ({ status: 200, body });
export const failure = (status: number, error: string, more: object = {}): Answer => ({
  status,
  body: { error, ...more },
});

export interface WireRequest {
  params: readonly string[];
  query: URLSearchParams;
  /** `undefined` where the body was no JSON. */
  body: unknown;
  headers: IncomingMessage['headers'];
}

export interface Route {
  method: string;
  path: string;
  run(request: WireRequest): Answer;
}

interface HttpServerOptions {
  clock: Clock;
  log: Logger;
  faults: Faults;
  routes: readonly Route[];
}

/** Answers HTTP as the reference server does; what lies below `/socket.io/` is left to the sockets. */
export function createHttpServer(options: HttpServerOptions): PracticeHttpServer {
  const { clock, faults, log } = options;
  const routes = options.routes.map((route) => ({ route, pattern: patternOf(route.path) }));
  const failing = createHttpFaults(clock, faults, {
    json: (response, status) => send(response, failure(status, 'Internal Server Error')),
    html: (response, status) =>
      sendText(
        response,
        status,
        'text/html; charset=utf-8',
        '<!DOCTYPE html><html><body>Error</body></html>',
      ),
  });

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.url?.startsWith(SOCKETS_PATH) === true) return;
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://practice');
    if (request.headers.origin === ALLOWED_ORIGIN)
      response.setHeader('Access-Control-Allow-Origin', ALLOWED_ORIGIN);
    const body = parseJson((await readText(request, MAX_BODY_BYTES)) ?? '');
    await failing.hold();
    if (failing.sendInjected(response, pathname)) return;
    const answer = answerTo(request, pathname, searchParams, body);
    failing.reply(request, pathname, () => send(response, answer));
  }

  function answerTo(
    { method, headers }: IncomingMessage,
    pathname: string,
    query: URLSearchParams,
    body: unknown,
  ): Answer {
    for (const { route, pattern } of routes) {
      const match = route.method === method ? pattern.exec(pathname) : null;
      if (match !== null) return route.run({ params: match.slice(1).map(decodePart), query, body, headers });
    }
    return failure(404, 'Not Found');
  }

  const server = createPracticeServer(serve, 'VolSpike', log);
  return { server, resume: failing.resume };
}

const send = (response: ServerResponse, { status, body }: Answer): void =>
  sendText(response, status, 'application/json; charset=UTF-8', JSON.stringify(body));

const patternOf = (path: string): RegExp => new RegExp(`^${path.replace(/:\w+/g, '([^/]+)')}$`);

const SOCKETS_PATH = '/socket.io/';
const ALLOWED_ORIGIN = 'http://localhost:3000';
const MAX_BODY_BYTES = 1024 * 1024;
