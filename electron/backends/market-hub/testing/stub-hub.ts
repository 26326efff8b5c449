import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';

import { createRecorder } from '../../../connections/testing/recorder.ts';
import type { Recorder } from '../../../connections/testing/recorder.ts';

export const WELCOME = {
  type: 'system_status',
  data: { status: 'connected', message: 'Connected to trading system' },
  timestamp: '2030-01-01T00:00:00.000100',
};
export const PONG = { type: 'heartbeat', data: { message: 'pong' }, timestamp: '2030-01-01T00:00:01.000100' };

export interface StubHub {
  address: string;
  /** Every text that arrived, over all connections. */
  heard: Recorder<string>;
  /** Paths that were connected to. */
  paths: Recorder<string>;
  connections(): number;
  /** Sends to everybody: an object as JSON, a text as it is. */
  tell(message: unknown): void;
  /** Closes every connection with this code. */
  drop(code: number): void;
  close(): Promise<void>;
}

export interface StubHubOptions {
  port?: number;
  /** What a new connection meets, in place of the welcome. */
  greet?: (socket: WebSocket) => void;
  answersPings?: boolean;
}

/** A hub that says exactly what a test makes it say: one real server, that closes with 1011 on anything but an object (§4). */
export async function startStubHub(options: StubHubOptions = {}): Promise<StubHub> {
  const { greet = (socket: WebSocket) => socket.send(JSON.stringify(WELCOME)), answersPings = true } =
    options;
  const heard = createRecorder<string>();
  const paths = createRecorder<string>();
  const server = createServer((_request, response) => response.writeHead(426).end('Upgrade Required'));
  const hub = new WebSocketServer({ server });
  let count = 0;

  hub.on('connection', (socket, request) => {
    count += 1;
    paths.add(request.url ?? '');
    socket.on('message', (bytes) => {
      const text = Buffer.isBuffer(bytes) ? bytes.toString('utf8') : '';
      heard.add(text);
      const asked: unknown = JSON.parse(text);
      if (typeof asked !== 'object' || asked === null || Array.isArray(asked)) socket.close(1011);
      else if (answersPings && 'type' in asked && asked.type === 'ping') socket.send(JSON.stringify(PONG));
    });
    greet(socket);
  });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  return {
    address: `ws://127.0.0.1:${port}`,
    heard,
    paths,
    connections: () => count,
    tell(message) {
      for (const client of hub.clients)
        client.send(typeof message === 'string' ? message : JSON.stringify(message));
    },
    drop(code) {
      for (const client of hub.clients) client.close(code);
    },
    close: () =>
      new Promise((resolve) => {
        for (const client of hub.clients) client.terminate();
        hub.close();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
