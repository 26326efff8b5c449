import type { Manager, Socket } from 'socket.io-client';

import type { Clock } from '../lib/clock.ts';
import { Disposables } from '../lib/disposables.ts';
import { redactAndCut } from '../lib/redact.ts';
import { parseAddress } from './address.ts';
import { EngineHandshakeError } from './engine-packets.ts';
import {
  insecureFailure,
  strayPathFailure,
  timeoutFailure,
  unreadableCredentialsFailure,
} from './failure.ts';
import { closeFailure, isFrameTooLarge, socketFailure } from './open-websocket.ts';
import { HttpFailure } from './port.ts';
import type { NetworkRoute, SocketIoChannel, SocketIoOptions, Transport } from './port.ts';
import { createSocketIoParser } from './socket-io-parser.ts';

/** For all of it: polling, its session, the namespace. The server may look the person up in a database meanwhile. */
const OPEN_MS = 20_000;
/** Packets that wait for a server that takes nothing in. */
const MOST_WAITING = 64;
const WORDS_LENGTH = 160;

type Library = Awaited<ReturnType<typeof loadLibrary>>;
type Handshake = Awaited<ReturnType<NonNullable<SocketIoOptions['handshake']>>>;

/**
 * Socket.IO for one link over `socket.io-client`, whose own re-connection is off: the pace is the supervisor's. The library's ping
 * time-out runs on the machine's timers; it is a second watchdog beside the supervisor's, which runs on the injected clock.
 */
export function createSocketIoChannel(
  options: SocketIoOptions,
  clock: Clock,
  route: NetworkRoute = {},
): SocketIoChannel {
  const address = parseAddress(options.baseUrl.replace(/^ws(?=s?:)/i, 'http'));
  const { host } = address;
  let current: { manager: Manager; socket: Socket } | null = null;

  const transport: Transport = (events) => {
    const scope = new Disposables();

    function finish({ linkCause, retryAfterMs }: HttpFailure): void {
      if (scope.disposed) return;
      scope.dispose();
      events.closed(linkCause, retryAfterMs);
    }

    const stopOpenTimer = clock.after(OPEN_MS, () => finish(timeoutFailure(host, 'connecting', OPEN_MS)));
    scope.add(stopOpenTimer);

    async function open(): Promise<void> {
      try {
        if (address.exposed && !options.allowPlainHttp) throw insecureFailure(host);
        const url = address.at('/socket.io/');
        if (url === null) throw strayPathFailure(host);
        const [library, handshake] = await Promise.all([loadLibrary(), readHandshake()]);
        if (!scope.disposed) connect(url, handshake, library);
      } catch (error) {
        finish(socketFailure(error, host, 'connecting'));
      }
    }

    function connect(url: URL, { auth = {}, query = {} }: Handshake, library: Library): void {
      const onRejected: typeof events.rejected = (sample) => {
        if (!scope.disposed) events.rejected(sample);
      };
      const onEvent = (text: string): void => {
        if (!scope.disposed) events.message(text);
      };
      const transports = library.createEngineTransports({
        origin: url.origin,
        host,
        route,
        clock,
        onRejected,
        takeEvent(transport, packet) {
          if (current?.manager !== manager || manager.engine.transport !== transport) return false;
          onEvent(packet.slice(2));
          return true;
        },
      });
      scope.add(() => transports.destroy());
      const manager = new library.Manager(url.origin, {
        path: url.pathname,
        query,
        autoConnect: false,
        reconnection: false,
        transportImplementations: transports.implementations,
        parser: createSocketIoParser({
          onEvent,
          onDisconnected: () => finish(failed('closed', `${host} ended the connection.`)),
          onRefused: (words) => finish(refusal(words)),
          onRejected: (reason, raw) => onRejected({ reason, raw }),
        }),
      });
      // The one above counts, on the injected clock.
      manager.timeout(false);
      const socket = manager.socket('/', { auth });
      socket.once('connect', () => {
        if (scope.disposed) return;
        stopOpenTimer();
        current = { manager, socket };
        scope.add(() => {
          if (current?.socket === socket) current = null;
        });
        events.opened();
      });
      // Beyond what the engine tells below, only this: a greeting of Socket.IO 2.
      socket.on('connect_error', () => {
        if (manager.engine.readyState === 'open')
          finish(failed('bad-answer', `${host} speaks another version of Socket.IO.`));
      });
      socket.connect();
      const { engine } = manager;
      engine.on('heartbeat', () => {
        if (!scope.disposed) events.activity();
      });
      engine.on('error', (error) => {
        if (isFrameTooLarge(innermost(error)))
          onRejected({ reason: 'a message of more than 16 MB', raw: '' });
        finish(engineFailure(error));
      });
      engine.on('close', (reason, details) => {
        const isSilent = reason === 'ping timeout';
        const failure = isSilent ? failed('silent', `${host} has stopped pinging.`) : engineFailure(details);
        // Not inside its own event: the trial of a WebSocket hears of it after us, and throws where that is gone already.
        queueMicrotask(() => finish(failure));
      });
    }

    void open();
    return () => scope.dispose();
  };

  async function readHandshake(): Promise<Handshake> {
    try {
      return (await options.handshake?.()) ?? {};
    } catch {
      throw unreadableCredentialsFailure(host);
    }
  }

  function refusal(words: string): HttpFailure {
    const said = redactAndCut(words, WORDS_LENGTH);
    const isCredentials = options.credentialWords.some((part) =>
      words.toLowerCase().includes(part.toLowerCase()),
    );
    return isCredentials
      ? failed('credentials', `${host} does not accept the credentials: “${said}”.`)
      : failed('refused', said === '' ? `${host} refuses the connection.` : `${host} refuses: “${said}”.`);
  }

  function engineFailure(error: unknown): HttpFailure {
    const inner = innermost(error);
    if (inner instanceof EngineHandshakeError)
      return failed('bad-answer', `${host} does not speak Engine.IO 4.`);
    if (typeof inner === 'number') return closeFailure(inner, host);
    if (inner instanceof Error) return socketFailure(inner, host, 'answering');
    return failed('closed', `${host} ended the connection.`);
  }

  return {
    transport,
    emit(event, payload) {
      if (current?.socket.connected !== true) return false;
      if (current.manager.engine.writeBuffer.length >= MOST_WAITING) return false;
      current.socket.emit(event, payload);
      return true;
    },
  };
}

/** With the first link of its kind, so that no start waits for it. */
async function loadLibrary() {
  const [{ Manager }, { createEngineTransports }] = await Promise.all([
    import('socket.io-client'),
    import('./engine-transports.ts'),
  ]);
  return { Manager, createEngineTransports };
}

const failed = (code: HttpFailure['linkCause']['code'], message: string): HttpFailure =>
  new HttpFailure({ code, message }, true);

/**
 * The library wraps what went wrong: `TransportError.description` holds our failure or the event of a socket, which holds the error;
 * the details of a closing hold the event with its code. Answers the error or the code, or undefined.
 */
function innermost(value: unknown): unknown {
  if (value instanceof HttpFailure || value instanceof EngineHandshakeError || typeof value === 'number')
    return value;
  for (const key of ['description', 'error', 'context', 'code']) {
    const inner = member(value, key);
    if (typeof inner === 'object' || typeof inner === 'number') {
      const found = innermost(inner);
      if (found !== undefined) return found;
    }
  }
  return value instanceof Error ? value : undefined;
}

function member(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (Reflect.get(value, key) as unknown) : undefined;
}
