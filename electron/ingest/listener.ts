import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';

import type { IngestSettings } from '#shared/domain/settings/ingest.ts';
import { SECOND_MS } from '#shared/time.ts';

import { keepRoom } from '../lib/keep-room.ts';
import type { Refusal } from './gate.ts';
import { isKey, KEY_HEADER, refusalOf } from './gate.ts';
import type { DetectorAlert } from './payload.ts';
import { detectorAlert, problemsOf } from './payload.ts';
import type { RateCheck } from './rate.ts';

export const MAX_BODY_BYTES = 64 * 1024;
/** From one source, which all scripts of a machine are: room for each symbol of an exchange at once. */
export const MAX_PER_MINUTE = 600;

interface ListenerParts {
  bind: IngestSettings['bind'];
  now: () => number;
  rate: RateCheck;
  /** `null` before the first was made. Rejects while it is locked away. */
  key(): Promise<string | null>;
  /** Takes an alert and answers its id once it will not be lost. */
  take(alert: DetectorAlert): Promise<string>;
  /** A request was turned away; `body` only where it was read and could not be understood. */
  refused(refusal: { status: number; error: string; body: string | null }): void;
}

type Answer = Refusal & { details?: unknown; body?: string };

/**
 * An HTTP server with one path. It turns away, cheapest check first: pages and foreign names, wrong paths, sources that ask too often,
 * wrong keys, and only then reads a body, of a bounded size and within a bounded time.
 */
export function createListener(parts: ListenerParts): Server {
  const server = createServer(
    { maxHeaderSize: MAX_HEADER_BYTES, connectionsCheckingInterval: SECOND_MS },
    (request, response) => {
      // A script that goes away in the middle is its own affair.
      request.on('error', () => response.destroy());
      serve(request, response).catch(() => response.destroy());
    },
  );
  // A client that trickles holds no connection for longer (slowloris). The machine's own time: no other is at work in a socket.
  server.headersTimeout = HEADERS_WITHIN_MS;
  server.requestTimeout = REQUEST_WITHIN_MS;
  server.keepAliveTimeout = 5 * SECOND_MS;
  server.maxConnections = MAX_CONNECTIONS;
  keepRoom(server, MAX_WAITING);
  server.maxRequestsPerSocket = 1_000;

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const refusal = await refusalBeforeBody(request);
    if (refusal !== null) {
      refuse(request, response, refusal);
      return;
    }
    const body = await readBody(request);
    const read = body === null ? TOO_LARGE : parse(body);
    if ('error' in read) refuse(request, response, { ...read, ...(body === null ? {} : { body }) });
    else send(response, 200, { success: true, alertId: await parts.take(read.alert) });
  }

  async function refusalBeforeBody(request: IncomingMessage): Promise<Refusal | null> {
    const wrong = refusalOf(request, parts.bind);
    if (wrong !== null) return wrong;
    // Before the key, so that nobody can try many.
    const waitS = parts.rate(request.socket.remoteAddress ?? '', parts.now());
    if (waitS > 0)
      return { status: 429, error: 'Too many requests', headers: { 'Retry-After': String(waitS) } };
    const key = await parts.key().then(
      (value) => ({ value }),
      () => null,
    );
    if (key === null) return KEY_LOCKED;
    if (!isKey(request.headers[KEY_HEADER.toLowerCase()], key.value))
      return { status: 401, error: 'Unauthorized' };
    if (!/^application\/json\s*(?:;|$)/i.test(request.headers['content-type'] ?? ''))
      return { status: 415, error: 'The body must be application/json' };
    if (!['', 'identity'].includes((request.headers['content-encoding'] ?? '').toLowerCase()))
      return { status: 415, error: 'The body must not be compressed' };
    return Number(request.headers['content-length'] ?? 0) > MAX_BODY_BYTES ? TOO_LARGE : null;
  }

  function refuse(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
    const { status, error, headers, details, body } = answer;
    parts.refused({ status, error, body: body ?? null });
    if (!request.complete) {
      // What is still coming is let through unread, or the script would see a broken connection in place of the answer.
      response.setHeader('Connection', 'close');
      drain(request);
    }
    for (const [name, value] of Object.entries(headers ?? {})) response.setHeader(name, value);
    send(response, status, { error, ...(details === undefined ? {} : { details }) });
  }

  return server;
}

/** The script may post again later: its key is there, and the person has to unlock the vault. */
const KEY_LOCKED: Refusal = {
  status: 503,
  error: 'The key is locked: unlock the vault of Quarterdeck',
  headers: { 'Retry-After': '30' },
};

function parse(body: string): { alert: DetectorAlert } | Answer {
  let value: unknown;
  try {
    // A mark that some programs of Windows begin each text with.
    value = JSON.parse(body.replace(/^\uFEFF/, ''));
  } catch {
    const details = [
      { path: [], code: 'invalid_json', message: 'The body is not JSON (NaN and Infinity are not either)' },
    ];
    return { status: 400, error: 'Invalid JSON', details };
  }
  const parsed = detectorAlert.safeParse(value);
  return parsed.success
    ? { alert: parsed.data }
    : { status: 400, error: 'Invalid alert data', details: problemsOf(parsed.error) };
}

/** The whole body as text; `null` where it is larger than it may be, whatever its header said. */
async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  return new Promise((resolve, reject) => {
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= MAX_BODY_BYTES) chunks.push(chunk);
      else resolve(null);
    });
    request.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
    request.on('error', reject);
    request.on('close', () => reject(new Error('The connection broke.')));
  });
}

function drain(request: IncomingMessage): void {
  let size = 0;
  request.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > MAX_DRAINED_BYTES) request.destroy();
  });
  request.resume();
}

function send(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body);
  response
    .writeHead(status, {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Length': String(Buffer.byteLength(text)),
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
    })
    .end(text);
}

const TOO_LARGE: Refusal = { status: 413, error: `The body is larger than ${MAX_BODY_BYTES / 1024} KiB` };
const MAX_HEADER_BYTES = 8 * 1024;
const MAX_DRAINED_BYTES = 1024 * 1024;
const MAX_CONNECTIONS = 128;
/** Of them, those that say nothing. */
export const MAX_WAITING = 64;
const HEADERS_WITHIN_MS = 5 * SECOND_MS;
const REQUEST_WITHIN_MS = 10 * SECOND_MS;
