import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';

import { SIGN_IN_PATH } from '#shared/domain/backends/sign-in.ts';
import { told } from '#shared/told.ts';
import { spokenLanguage } from '#shared/words.ts';

import { keepRoom } from '../lib/keep-room.ts';

/** What the browser brought back: a code, or why there is none. */
export type Callback = { kind: 'code'; code: string } | { kind: 'denied'; error: string };

export interface CallbackListener {
  /** The first callback with the right state. Any other request is turned away and changes nothing. */
  callback: Promise<Callback>;
  close(): Promise<void>;
}

const SECOND_MS = 1_000;
const MAX_WAITING = 8;

/**
 * Listens on loopback for one callback (S6). It checks the name it was called by, refuses what a page sends, takes the one
 * path and the one state, and answers a plain page. Rejects in words where the port cannot be had.
 */
export async function openCallbackListener(port: number, state: string): Promise<CallbackListener> {
  let arrived: (callback: Callback) => void = () => undefined;
  let isOver = false;
  const callback = new Promise<Callback>((resolve) => (arrived = resolve));

  let unfinished = 0;
  let isClosing = false;

  const server = createServer(
    { maxHeaderSize: 8_192, connectionsCheckingInterval: SECOND_MS },
    (request, response) => {
      unfinished += 1;
      response.once('close', () => {
        unfinished -= 1;
        if (isClosing && unfinished === 0) server.closeAllConnections();
      });
      const refusal = refusalOf(request, port);
      if (refusal !== null) {
        page(response, refusal, 'This address is not for that.');
        return;
      }
      const query = new URL(request.url ?? '', 'http://127.0.0.1').searchParams;
      if (isOver) {
        page(response, 410, 'This sign-in is over. Go back to Quarterdeck.');
        return;
      }
      if (!isSame(only(query, 'state') ?? '', state)) {
        page(
          response,
          400,
          'This does not belong to the sign-in that Quarterdeck began. Nothing was changed.',
        );
        return;
      }
      const error = only(query, 'error');
      const code = only(query, 'code');
      if (error === null && (code === null || !/^[\x21-\x7e]{1,512}$/.test(code))) {
        page(response, 400, 'This answer cannot be understood. Nothing was changed.');
        return;
      }
      isOver = true;
      page(
        response,
        200,
        error === null
          ? 'You can close this page and go back to Quarterdeck.'
          : 'Nothing was signed in. You can close this page.',
      );
      arrived(
        error === null ? { kind: 'code', code: code ?? '' } : { kind: 'denied', error: error.slice(0, 100) },
      );
    },
  );
  server.headersTimeout = 5 * SECOND_MS;
  server.requestTimeout = 5 * SECOND_MS;
  server.maxConnections = 20;
  // Whoever opens connections and says nothing does not keep the browser out.
  keepRoom(server, MAX_WAITING);
  await listen(server, port);
  return {
    callback,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        // The closing page may still be on its way; whoever only holds a connection open is waited for no longer than that.
        isClosing = true;
        if (unfinished === 0) server.closeAllConnections();
      }),
  };
}

function refusalOf({ headers, method, url = '' }: IncomingMessage, port: number): number | null {
  // A page sends an Origin with whatever it posts or fetches; the address that a browser is sent to has none.
  if (headers.origin !== undefined) return 403;
  // Another name that means this machine is a way for a page to reach it.
  if (headers.host !== `127.0.0.1:${port}`) return 403;
  if (method !== 'GET') return 405;
  return url.split('?', 1)[0] === SIGN_IN_PATH ? null : 404;
}

/** A parameter that is there exactly once. */
function only(query: URLSearchParams, name: string): string | null {
  const all = query.getAll(name);
  return all.length === 1 ? (all[0] ?? null) : null;
}

const isSame = (one: string, other: string): boolean => timingSafeEqual(digest(one), digest(other));
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Words of our own alone: nothing of the request is repeated. */
function page(response: ServerResponse, status: number, words: string): void {
  response.writeHead(status, {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
    'Referrer-Policy': 'no-referrer',
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    Connection: 'close',
  });
  response.end(
    `<!doctype html><html lang="${spokenLanguage()}"><meta charset="utf-8"><title>Quarterdeck</title><h1>Quarterdeck</h1><p>${told(words)}</p></html>`,
  );
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        new Error(
          error.code === 'EADDRINUSE'
            ? `Port ${port} is taken by another program. End that program, or choose another port in Settings and at Discord.`
            : `Quarterdeck cannot listen on port ${port}.`,
        ),
      ),
    );
    server.listen(port, '127.0.0.1', () => resolve());
  });
}
