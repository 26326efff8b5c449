import type { IncomingMessage, ServerResponse } from 'node:http';

import type { Clock } from '../../lib/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import type { Faults } from '../faults.ts';
import { createHttpFaults } from '../http-faults.ts';
import type { PracticeHttpServer } from '../serving.ts';
import { createPracticeServer, decodePart, readText, sendText } from '../serving.ts';
import type { Answer } from './answers.ts';
import { json, Refusal, unknownRoute } from './answers.ts';
import { pathInt } from './validation.ts';

/** Who calls. An API key's identity is nobody's: it owns no models. */
export interface Caller {
  id: string;
  email: string;
}

export interface Call {
  /** A whole number of the path by its name; complains as the framework does. */
  int(name: string): number;
  param(name: string): string;
  query: URLSearchParams;
  bodyText: string;
  caller: Caller;
}

export interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Such as `/api/models/{model_id}`. */
  path: string;
  /** Asks nobody who they are, or asks by itself. */
  open?: true;
  run(call: Call): Answer;
}

interface Options {
  routes: readonly Route[];
  /** Throws a refusal when the headers name nobody. */
  authenticate(request: IncomingMessage): Caller;
  clock: Clock;
  log: Logger;
  faults: Faults;
}

/** Answers HTTP as the reference server does: who calls is asked before what they sent is looked at. */
export function createAiTraderServer(options: Options): PracticeHttpServer {
  const { clock, log } = options;
  const routes = options.routes.map((route) => ({ route, pattern: patternOf(route.path) }));
  const failing = createHttpFaults(clock, options.faults, {
    json: (response, status) => send(response, json({ detail: 'Internal server error' }, status)),
    html: (response, status) =>
      sendText(response, status, 'text/html; charset=utf-8', '<html><body>injected</body></html>'),
  });

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://practice');
    response.setHeader('Date', new Date(clock.now()).toUTCString());
    response.setHeader('Server', 'uvicorn');
    response.setHeader('Vary', 'Origin');
    const bodyText = (await readText(request, MAX_BODY_BYTES)) ?? '';
    await failing.hold();
    if (failing.sendInjected(response, url.pathname)) return;
    const answer = answerTo(request, url, bodyText);
    failing.reply(request, url.pathname, () => send(response, answer));
  }

  function answerTo(request: IncomingMessage, url: URL, bodyText: string): Answer {
    try {
      return route(request, url, bodyText);
    } catch (error) {
      if (error instanceof Refusal) return error.answer;
      log.warn('A practice route failed', { error: String(error) });
      return json({ detail: String(error), type: error instanceof Error ? error.name : 'Error' }, 500);
    }
  }

  function route(request: IncomingMessage, url: URL, bodyText: string): Answer {
    const known = routes.flatMap(({ route: one, pattern }) => {
      const match = pattern.exec(url.pathname);
      return match === null ? [] : [{ one, params: match.groups ?? {} }];
    });
    if (known.length === 0) throw unknownRoute(404);
    const found = known.find(({ one }) => one.method === request.method);
    if (found === undefined) throw unknownRoute(405);
    const { one, params } = found;
    const caller = one.open === true ? NOBODY : options.authenticate(request);
    const param = (name: string): string => decodePart(params[name] ?? '');
    return one.run({
      param,
      int: (name) => pathInt(name, param(name)),
      query: url.searchParams,
      bodyText,
      caller,
    });
  }

  const server = createPracticeServer(serve, 'AI-Trader', log);
  return { server, resume: failing.resume };
}

function send(response: ServerResponse, answer: Answer): void {
  if (answer.kind === 'stream') answer.run(response);
  else sendText(response, answer.status, 'application/json', JSON.stringify(answer.body));
}

const patternOf = (path: string): RegExp =>
  new RegExp(`^${path.replace(/\{(\w+)\}/g, (_whole, name: string) => `(?<${name}>[^/]+)`)}$`);

const NOBODY: Caller = { id: '', email: '' };
const MAX_BODY_BYTES = 1024 * 1024;
