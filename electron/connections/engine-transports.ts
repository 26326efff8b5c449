import { Fetch, NodeWebSocket } from 'socket.io-client';
import type { WebSocket } from 'ws';

import type { Clock } from '../lib/clock.ts';
import { createAgent } from './agents.ts';
import { readAnswer } from './answer.ts';
import { createPacketFilter, isPlainEvent } from './engine-packets.ts';
import { startExchange } from './exchange.ts';
import type { Exchange } from './exchange.ts';
import { networkFailure, shutFailure } from './failure.ts';
import { openWebSocket, SAMPLE_BYTES, shutWebSocket, unreadable } from './open-websocket.ts';
import { HttpFailure } from './port.ts';
import type { NetworkRoute, TransportEvents } from './port.ts';
import { refusedAnswer } from './refusal.ts';

export interface EngineTransportOptions {
  origin: string;
  host: string;
  route: NetworkRoute;
  clock: Clock;
  onRejected: TransportEvents['rejected'];
  /** Takes an event, still as it stands on the wire, where the engine uses this transport now; false where it is the engine's to handle. */
  takeEvent(transport: object, packet: string): boolean;
}

/** The two ways in which the library's engine reaches a server, over our own HTTP and `ws`. */
export interface EngineTransports {
  /** For the option `transportImplementations`; the first one begins. */
  implementations: [typeof Fetch, typeof NodeWebSocket];
  /** Ends every request and socket at once; the engine finds itself closed. */
  destroy(): void;
}

/**
 * Made anew for each attempt. The library's own would follow redirects with what they carry (S3), take answers of any length into
 * memory, unpack compressed frames, and name no status when they are refused (D5).
 */
export function createEngineTransports(options: EngineTransportOptions): EngineTransports {
  const { origin, host, route, clock } = options;
  const secure = origin.startsWith('https:');
  const polls = createAgent(route, secure, clock, { keepAlive: true, maxSockets: 1 });
  const posts = createAgent(route, secure, clock);
  const filter = createPacketFilter(options.onRejected);
  const exchanges = new Set<Exchange>();
  const sockets = new Set<WebSocket>();
  const transports = new Set<{ abandon(): void }>();
  let destroyed = false;

  /** One request of the polling kind. Rejects with `HttpFailure`. */
  async function ask(method: 'GET' | 'POST', url: string, body: string | null): Promise<string> {
    const exchange = startExchange({
      url: new URL(url),
      method,
      headers: {
        accept: '*/*',
        'accept-encoding': 'identity',
        'user-agent': 'Quarterdeck',
        ...(body === null
          ? {}
          : {
              'content-type': 'text/plain;charset=UTF-8',
              'content-length': String(Buffer.byteLength(body)),
            }),
      },
      body,
      // What is sent must not be lost to a kept connection that the server has just given up.
      agent: method === 'GET' ? polls : posts,
      clock,
    });
    exchanges.add(exchange);
    try {
      const response = await exchange.head;
      if (response.statusCode !== 200) {
        const failure = refusedAnswer(response, host, 'Socket.IO', clock.now());
        response.destroy();
        throw failure;
      }
      const answer = await readAnswer(response, host);
      if (answer.kind === 'text') return answer.body;
      const message = `${host} answered something else where Socket.IO was expected.`;
      throw new HttpFailure({ code: 'bad-answer', message }, true);
    } catch (error) {
      const failure = networkFailure(error, host, exchange.phase());
      exchange.fail(failure);
      throw failure;
    } finally {
      exchanges.delete(exchange);
    }
  }

  class BoundedPolling extends Fetch {
    constructor(engineOptions: ConstructorParameters<typeof Fetch>[0]) {
      super(engineOptions);
      transports.add(this);
    }

    override doPoll(): void {
      this.#settle(ask('GET', this.uri(), null), (text) => this.onData(text));
    }

    override doWrite(data: string, callback: () => void): void {
      this.#settle(ask('POST', this.uri(), data), callback);
    }

    override onData(text: string): void {
      super.onData(filter(text));
    }

    abandon(): void {
      this.onClose({ description: 'ended here' });
    }

    #settle(asked: Promise<string>, use: (text: string) => void): void {
      asked
        .then((text) => {
          if (!destroyed) use(text);
        })
        .catch((error: unknown) => {
          if (!destroyed) this.onError('the polling failed', error);
        });
    }
  }

  class BoundedWebSocket extends NodeWebSocket {
    constructor(engineOptions: ConstructorParameters<typeof NodeWebSocket>[0]) {
      super(engineOptions);
      transports.add(this);
    }

    override createSocket(url: string): WebSocket {
      const socket = openWebSocket({ url, host, headers: {}, route, clock });
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
      // Before the library turns them into text, in which they cannot be told from a U+FFFD that was sent.
      socket.on('message', (data, isBinary) => {
        if (destroyed || isBinary || !Buffer.isBuffer(data) || unreadable(data) !== NOT_UTF8) return;
        options.onRejected({ reason: NOT_UTF8, raw: data.toString('utf8', 0, SAMPLE_BYTES) });
      });
      return socket;
    }

    override onData(data: unknown): void {
      if (destroyed) return;
      // Past five emitters of the library, which take longer than all that is made of an event afterwards.
      if (isPlainEvent(data) && options.takeEvent(this, data)) return;
      try {
        super.onData(filter(data));
      } catch (error) {
        this.onError('the server sent what cannot be read', error);
      }
    }

    abandon(): void {
      this.onClose({ description: 'ended here' });
    }
  }

  return {
    implementations: [BoundedPolling, BoundedWebSocket],
    destroy() {
      if (destroyed) return;
      destroyed = true;
      for (const transport of transports) transport.abandon();
      for (const exchange of exchanges) exchange.fail(shutFailure(true));
      for (const socket of sockets) shutWebSocket(socket);
      polls.destroy();
      posts.destroy();
    },
  };
}

const NOT_UTF8 = 'bytes that are not UTF-8';
