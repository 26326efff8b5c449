import type { WebSocket } from 'ws';
import { formatAge } from '#shared/time.ts';

import type { Clock } from '../lib/clock.ts';
import { Disposables } from '../lib/disposables.ts';
import { parseAddress } from './address.ts';
import {
  insecureFailure,
  strayPathFailure,
  timeoutFailure,
  unreadableCredentialsFailure,
} from './failure.ts';
import {
  closeFailure,
  isFrameTooLarge,
  openWebSocket,
  SAMPLE_BYTES,
  shutWebSocket,
  socketFailure,
  unreadable,
} from './open-websocket.ts';
import { startOwnPings } from './own-pings.ts';
import type { OwnPings } from './own-pings.ts';
import { HttpFailure } from './port.ts';
import type { NetworkRoute, Transport, WebSocketChannel, WebSocketOptions } from './port.ts';
import { resolvePath } from './resolve-path.ts';

const OPEN_MS = 10_000;
/** What waits for a peer that takes nothing in. Past this it is no peer. */
const UNSENT_BYTES = 1024 * 1024;

/** A WebSocket for one link: text frames in and out, on the injected clock. */
export function createWebSocketChannel(
  options: WebSocketOptions,
  clock: Clock,
  route: NetworkRoute = {},
): WebSocketChannel {
  const address = parseAddress(options.baseUrl.replace(/^ws(?=s?:)/i, 'http'));
  /** The connection that is open now. */
  let current: WebSocket | null = null;

  const transport: Transport = (events) => {
    const scope = new Disposables();
    let pings: OwnPings | null = null;

    function finish({ linkCause, retryAfterMs }: HttpFailure): void {
      if (scope.disposed) return;
      scope.dispose();
      events.closed(linkCause, retryAfterMs);
    }

    function finishSilent(message: string): void {
      finish(new HttpFailure({ code: 'silent', message }, true));
    }

    const stopOpenTimer = clock.after(OPEN_MS, () =>
      finish(timeoutFailure(address.host, 'connecting', OPEN_MS)),
    );
    scope.add(stopOpenTimer);

    async function open(): Promise<void> {
      try {
        const { url, headers } = await target();
        if (scope.disposed) return;
        const socket = openWebSocket({ url, host: address.host, headers, route, clock });
        scope.add(() => shutWebSocket(socket));
        listen(socket);
      } catch (error) {
        finish(socketFailure(error, address.host, 'connecting'));
      }
    }

    function listen(socket: WebSocket): void {
      let phase: 'connecting' | 'answering' = 'connecting';
      socket.once('open', () => {
        if (scope.disposed) return;
        phase = 'answering';
        stopOpenTimer();
        current = socket;
        scope.add(() => {
          if (current === socket) current = null;
        });
        ask(socket);
        events.opened();
      });
      socket.on('message', (data, isBinary) => {
        if (!scope.disposed && Buffer.isBuffer(data)) receive(data, isBinary);
      });
      for (const sign of ['ping', 'pong'] as const) {
        socket.on(sign, () => {
          if (scope.disposed) return;
          events.activity();
          // The answers to its pings pile up here when it does not take them.
          if (socket.bufferedAmount > UNSENT_BYTES) finishSilent(`${address.host} takes nothing in.`);
        });
      }
      socket.once('error', (error) => {
        if (scope.disposed) return;
        if (isFrameTooLarge(error)) events.rejected({ reason: 'a message of more than 16 MB', raw: '' });
        finish(socketFailure(error, address.host, phase));
      });
      socket.once('close', (code) => finish(closeFailure(code, address.host)));
    }

    function ask(socket: WebSocket): void {
      const { ping } = options;
      if (ping === undefined) return;
      const started = startOwnPings(
        clock,
        ping,
        (text) => socket.send(text),
        () => finishSilent(`${address.host} has not answered a ping for ${formatAge(ping.answerWithinMs)}.`),
      );
      pings = started;
      scope.add(started.dispose);
    }

    function receive(bytes: Buffer, isBinary: boolean): void {
      const reason = isBinary ? 'a binary message' : unreadable(bytes);
      if (reason !== null) {
        events.rejected({ reason, raw: bytes.toString('utf8', 0, SAMPLE_BYTES) });
        return;
      }
      const text = bytes.toString('utf8');
      pings?.noteText(text);
      events.message(text);
    }

    void open();
    return () => scope.dispose();
  };

  async function target(): Promise<{ url: string; headers: Record<string, string> }> {
    if (address.exposed && !options.allowPlainHttp) throw insecureFailure(address.host);
    const url = address.at(await resolvePath(options.path, address.host));
    if (url === null) throw strayPathFailure(address.host);
    url.protocol = url.protocol.replace('http', 'ws');
    try {
      return { url: url.href, headers: (await options.credentials?.()) ?? {} };
    } catch {
      throw unreadableCredentialsFailure(address.host);
    }
  }

  return {
    transport,
    send(text) {
      if (current === null || current.readyState !== current.OPEN || current.bufferedAmount > UNSENT_BYTES)
        return false;
      current.send(text);
      return true;
    },
  };
}
