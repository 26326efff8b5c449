import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';

import type { Logger } from '../lib/logger.ts';

/** The HTTP server of one protocol. */
export interface PracticeHttpServer {
  server: Server;
  /** Answers what waited while requests hung. */
  resume(): void;
}

/** A server that answers by `serve`; where that fails, the connection is broken off and the log names whose request it was. */
export function createPracticeServer(
  serve: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
  whose: string,
  log: Logger,
): Server {
  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      log.warn(`A practice request of ${whose} failed`, { error: String(error) });
      response.destroy();
    });
  });
  // The clock may run faster than the machine; a connection that is kept must not be closed by the machine's own timers.
  server.keepAliveTimeout = 60_000;
  return server;
}

/** The body of a request, read to its end; `null` where it is larger than `mostBytes`, of which no more is kept. */
export async function readText(request: IncomingMessage, mostBytes: number): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes: Buffer = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    size += bytes.length;
    if (size <= mostBytes) chunks.push(bytes);
  }
  return size > mostBytes ? null : Buffer.concat(chunks).toString('utf8');
}

/** Sends a whole answer, with its length. */
export function sendText(response: ServerResponse, status: number, contentType: string, body: string): void {
  response.setHeader('Content-Type', contentType);
  response.setHeader('Content-Length', String(Buffer.byteLength(body)));
  response.writeHead(status).end(body);
}

export function setHeaders(response: ServerResponse, headers: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
}

/** A part of a path as it was meant, or as it stands where it is encoded wrongly. */
export function decodePart(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** What the middleware of two of the reference servers sets on every answer. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Origin-Agent-Cluster': '?1',
  'Referrer-Policy': 'no-referrer',
  'Strict-Transport-Security': 'max-age=15552000; includeSubDomains',
  'X-Content-Type-Options': 'nosniff',
  'X-DNS-Prefetch-Control': 'off',
  'X-Download-Options': 'noopen',
  'X-Frame-Options': 'SAMEORIGIN',
  'X-Permitted-Cross-Domain-Policies': 'none',
  'X-XSS-Protection': '0',
};
