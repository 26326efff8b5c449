import type { IncomingMessage, Server } from 'node:http';
import { createServer } from 'node:http';

import type { ControlOptions } from './control-actions.ts';
import { createActions, describeState } from './control-actions.ts';

/** For tests only: makes things happen, makes things go wrong, and tells the truth to compare with. See the README. */
export function createControlServer(options: ControlOptions): Server {
  const actions = createActions(options);
  return createServer((request, response) => {
    const answer = (status: number, body: unknown): void => {
      response
        .writeHead(status, { 'Content-Type': 'application/json; charset=utf-8' })
        .end(JSON.stringify(body));
    };
    handle(request).then(
      ({ status, body }) => answer(status, body ?? { ok: true }),
      (error: unknown) => answer(400, { error: error instanceof Error ? error.message : String(error) }),
    );
  });

  async function handle(request: IncomingMessage): Promise<{ status: number; body: unknown }> {
    const path = new URL(request.url ?? '/', 'http://control').pathname;
    // A page in a browser that guesses the port sends an Origin; no test does.
    if (request.headers.origin !== undefined) return { status: 403, body: { error: 'Not for browsers' } };
    if (request.method === 'GET' && path === '/control/state')
      return { status: 200, body: describeState(options) };
    const action = request.method === 'POST' ? actions.get(path.replace('/control/', '')) : undefined;
    if (action === undefined) return { status: 404, body: { error: `No such control: ${path}` } };
    return { status: 200, body: action(await readJson(request)) };
  }
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  let text = '';
  request.setEncoding('utf8');
  for await (const chunk of request) text += String(chunk);
  return text === '' ? {} : JSON.parse(text);
}
