import http from 'node:http';
import type { Agent, ClientRequest, IncomingMessage } from 'node:http';
import https from 'node:https';
import type { RequestOptions } from 'node:https';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';

import type { Clock } from '../lib/clock.ts';
import { networkFailure, timeoutFailure } from './failure.ts';
import type { Phase } from './failure.ts';
import type { HttpFailure, HttpRequest } from './port.ts';

const CONNECT_MS = 10_000;
const HEADER_BYTES = 32 * 1024;

export interface ExchangeOptions {
  url: URL;
  method: HttpRequest['method'];
  headers: Record<string, string>;
  body: string | null;
  agent: Agent;
  clock: Clock;
}

/** One request on the wire and its answer. */
export interface Exchange {
  /** The head of the answer; its body is still to be read from it. Rejects with `HttpFailure`. */
  readonly head: Promise<IncomingMessage>;
  phase(): Phase;
  /** True when it went over a kept connection that the server had given up: nothing was answered, asking again is safe for a GET. */
  lostKeptConnection(): boolean;
  /** Ends it: whoever waits for head or body gets this failure. */
  fail(failure: HttpFailure): void;
}

/** Sends one request. It has no time-out of its own beyond the one for connecting. Throws `HttpFailure` when a header cannot be sent. */
export function startExchange(options: ExchangeOptions): Exchange {
  const { url, clock } = options;
  let phase: Phase = 'connecting';
  let ended: HttpFailure | null = null;
  let lostKeptConnection = false;
  let response: IncomingMessage | null = null;
  const request = send(options);

  const stopConnectTimer = clock.after(CONNECT_MS, () =>
    fail(timeoutFailure(url.host, 'connecting', CONNECT_MS)),
  );

  function fail(failure: HttpFailure): void {
    if (ended !== null) return;
    ended = failure;
    stopConnectTimer();
    if (response === null) request.destroy(failure);
    else response.destroy(failure);
  }

  const head = new Promise<IncomingMessage>((resolve, reject) => {
    request.once('socket', (socket) => {
      onceUsable(socket, request.reusedSocket, () => {
        phase = 'sent';
        stopConnectTimer();
      });
    });
    request.once('response', (answer) => {
      phase = 'answering';
      response = answer;
      // Errors of the body reach whoever reads it; without a reader they must not end the process.
      answer.on('error', () => undefined);
      resolve(answer);
    });
    // The listener stays: a socket can fail once more after its request has ended.
    request.on('error', (error) => {
      stopConnectTimer();
      if (ended === null) {
        ended = networkFailure(error, url.host, phase);
        lostKeptConnection = request.reusedSocket && ended.linkCause.code === 'closed';
      }
      reject(ended);
    });
  });
  request.end(options.body ?? undefined);

  return { head, phase: () => phase, lostKeptConnection: () => lostKeptConnection, fail };
}

function send({ url, method, headers, agent }: ExchangeOptions): ClientRequest {
  const { request } = url.protocol === 'https:' ? https : http;
  const target: RequestOptions = {
    // Brackets belong to an IPv6 address in a URL, not to the address.
    hostname: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port,
    path: url.pathname + url.search,
    method,
    headers,
    agent,
    maxHeaderSize: HEADER_BYTES,
    // Said here so that nothing in the environment can switch it off (S3).
    rejectUnauthorized: true,
  };
  try {
    return request(target);
  } catch (error) {
    throw networkFailure(error, url.host, 'connecting');
  }
}

/** Calls back when bytes of the request can leave: with TLS only after the server's certificate was accepted. */
function onceUsable(socket: Socket, reused: boolean, run: () => void): void {
  const isTls = socket instanceof TLSSocket;
  if (reused || (!socket.connecting && !isTls)) run();
  else socket.once(isTls ? 'secureConnect' : 'connect', run);
}
