import { isUtf8 } from 'node:buffer';

import { WebSocket } from 'ws';

import type { Clock } from '../lib/clock.ts';
import { createAgent } from './agents.ts';
import { networkFailure } from './failure.ts';
import type { Phase } from './failure.ts';
import { HttpFailure } from './port.ts';
import type { NetworkRoute } from './port.ts';
import { refusedAnswer } from './refusal.ts';
import { takeTurns } from './take-turns.ts';

/** A message over this is thrown away and the connection kept. */
export const MESSAGE_BYTES = 1024 * 1024;
/** A message over this ends the connection: it would have to be kept in memory before it could be thrown away. */
const FRAME_BYTES = 16 * 1024 * 1024;
/** What is thrown away is kept up to here as a sample. */
export const SAMPLE_BYTES = 4_000;

export interface OpenWebSocket {
  url: string;
  host: string;
  headers: Record<string, string>;
  route: NetworkRoute;
  clock: Clock;
}

/**
 * Begins a WebSocket over `ws`. No compression (a small frame could unpack to anything), no redirect followed (S3). A refused handshake
 * comes as an `error` that is an `HttpFailure`. Throws when a header cannot be sent.
 *
 * Bytes that are not UTF-8 do not end it, unlike RFC 6455 (8.1) has it: opening again would not make them better, and what
 * a server without replay sends meanwhile would be lost. Whoever reads looks with `unreadable`.
 */
export function openWebSocket({ url, host, headers, route, clock }: OpenWebSocket): WebSocket {
  const agent = createAgent(route, url.startsWith('wss:'), clock);
  const socket = new WebSocket(url, {
    headers: { 'user-agent': 'Quarterdeck', ...headers },
    agent,
    followRedirects: false,
    perMessageDeflate: false,
    maxPayload: FRAME_BYTES,
    skipUTF8Validation: true,
  });
  // Stays for good: closing before the handshake is over is told as an error, too.
  socket.on('error', () => undefined);
  socket.once('close', () => agent.destroy());
  const took = takeTurns(socket);
  socket.on('message', (data) => {
    if (Buffer.isBuffer(data)) took(data.length);
  });
  socket.on('unexpected-response', (request, response) => {
    response.on('error', () => undefined);
    const failure = refusedAnswer(response, host, 'a WebSocket', clock.now());
    request.destroy();
    socket.emit('error', failure);
  });
  return socket;
}

/** Ends it now, with a word of farewell where one can be sent, and leaves no socket behind. */
export function shutWebSocket(socket: WebSocket): void {
  if (socket.readyState === WebSocket.OPEN) socket.close(1000);
  socket.terminate();
}

/** Why this text message cannot be used, or null. */
export function unreadable(bytes: Buffer): string | null {
  if (bytes.length > MESSAGE_BYTES) return 'a message of more than 1 MB';
  return isUtf8(bytes) ? null : 'bytes that are not UTF-8';
}

/** Errors of `ws` carry no code when the handshake was answered by something that knows no WebSocket. */
export function socketFailure(error: unknown, host: string, phase: Phase): HttpFailure {
  if (
    phase === 'connecting' &&
    error instanceof Error &&
    !(error instanceof HttpFailure) &&
    !('code' in error)
  ) {
    return new HttpFailure(
      { code: 'bad-answer', message: `${host} does not answer as a WebSocket does.` },
      true,
    );
  }
  return networkFailure(error, host, phase);
}

/** True when the other side sent a frame over `FRAME_BYTES`. */
export const isFrameTooLarge = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH';

/** What a close code means (RFC 6455, 7.4.1). The reason that a server may add is not repeated. */
export function closeFailure(code: number, host: string): HttpFailure {
  switch (code) {
    case 1000:
    case 1005:
      return ended('closed', `${host} ended the connection`);
    case 1001:
      return ended('closed', `${host} is going down`);
    case 1006:
      return ended('closed', `${host} broke off without a word`);
    case 1008:
      return ended('refused', `${host} does not want this connection`);
    case 1011:
      return ended('server-error', `${host} has trouble of its own and closed the connection`);
    case 1012:
      return ended('closed', `${host} is being restarted`);
    case 1013:
      return ended('server-error', `${host} is too busy and asks to come back later`);
    case 1002:
    case 1003:
    case 1007:
    case 1009:
    case 1010:
      return ended('bad-answer', `${host} could not read what came from here`);
    default:
      return ended('closed', `${host} closed the connection`);
  }

  function ended(kind: HttpFailure['linkCause']['code'], words: string): HttpFailure {
    return new HttpFailure({ code: kind, message: `${words} (${code}).` }, true);
  }
}
