import type { Server } from 'node:http';
import { createServer } from 'node:http';

import type { RawData, WebSocket } from 'ws';
import { WebSocketServer } from 'ws';

import { isMembers, parseJson } from '#shared/json.ts';
import { SECOND_MS } from '#shared/time.ts';

import type { Clock } from '../../lib/clock.ts';
import { Disposables } from '../../lib/disposables.ts';
import type { Logger } from '../../lib/logger.ts';
import type { Faults } from '../faults.ts';
import type { HubMessage } from './envelope.ts';
import { createStamps, encodeFrame } from './envelope.ts';

/** The broadcast hub: everybody gets everything, nothing is kept and nothing is replayed. */
export interface HubServer {
  server: Server;
  tell(type: HubMessage, data: Record<string, unknown>): void;
  /** The time as messages carry it. */
  stamp(): string;
  /** Sends a text as it is to everybody: for faults. */
  writeRaw(text: string): void;
  count(): number;
  dropConnections(): void;
  dispose(): void;
}

/** Answers WebSockets on any path, from any origin, without authentication, as the reference server does (sheet, section 1). */
export function createHubServer(options: { clock: Clock; log: Logger; faults: Faults }): HubServer {
  const { clock, log, faults } = options;
  const stamp = createStamps(clock);
  const hub = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES, perMessageDeflate: true });
  const timers = new Disposables();
  const isMute = (): boolean => faults.hang === 'live' || faults.hang === 'all';

  function write(socket: WebSocket, text: string): void {
    // A reader that has stopped reading must not fill our memory.
    if (socket.bufferedAmount > MAX_BUFFERED_BYTES) socket.terminate();
    else socket.send(text);
  }

  function sendTo(sockets: Iterable<WebSocket>, type: HubMessage, data: Record<string, unknown>): void {
    if (isMute()) return;
    const frame = encodeFrame(type, data, stamp());
    for (const socket of sockets)
      for (let copy = 0; copy <= faults.duplicates; copy += 1) write(socket, frame);
  }

  function welcome(socket: WebSocket): void {
    socket.on('error', (error) => log.debug('A practice hub connection failed', { error: String(error) }));
    socket.on('message', (raw) => answer(socket, raw));
    sendTo([socket], 'system_status', { status: 'connected', message: 'Connected to the practice market' });
  }

  /** Only a ping has an effect; a text that is no JSON is passed over, JSON that is no object crashes the handler (sheet, section 4). */
  function answer(socket: WebSocket, raw: RawData): void {
    if (isMute()) return;
    const message = readMessage(raw);
    if (message.kind === 'crash') socket.close(INTERNAL_ERROR);
    else if (message.kind === 'ping') sendTo([socket], 'heartbeat', { message: 'pong' });
  }

  const server = createServer((_request, response) => {
    response
      .writeHead(426, {
        'Content-Type': 'text/plain; charset=utf-8',
        Upgrade: 'websocket',
        Connection: 'close',
      })
      .end('This is a WebSocket server; it answers nothing else.\n');
  });
  server.on('upgrade', (request, socket, head) => hub.handleUpgrade(request, socket, head, welcome));

  // From the server's start, not from the connection (sheet, section 5).
  timers.add(
    clock.every(HEARTBEAT_MS, () =>
      sendTo(hub.clients, 'heartbeat', { message: 'Server heartbeat', clients: hub.clients.size }),
    ),
  );
  timers.add(
    clock.every(CONTROL_PING_MS, () => {
      if (!isMute()) for (const socket of hub.clients) socket.ping();
    }),
  );

  function dropConnections(): void {
    for (const socket of hub.clients) socket.terminate();
  }

  return {
    server,
    stamp,
    tell: (type, data) => sendTo(hub.clients, type, data),
    writeRaw(text) {
      for (const socket of hub.clients) write(socket, text);
    },
    count: () => hub.clients.size,
    dropConnections,
    dispose() {
      timers.dispose();
      dropConnections();
    },
  };
}

type ClientMessage = { kind: 'ping' } | { kind: 'ignored' } | { kind: 'crash' };

/** A binary frame is read as text where it is UTF-8. */
function readMessage(raw: RawData): ClientMessage {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(Array.isArray(raw) ? Buffer.concat(raw) : raw);
  } catch {
    return { kind: 'crash' };
  }
  const message = parseJson(text);
  if (message === undefined) return { kind: 'ignored' };
  if (!isMembers(message)) return { kind: 'crash' };
  return { kind: message.type === 'ping' ? 'ping' : 'ignored' };
}

const INTERNAL_ERROR = 1011;
const HEARTBEAT_MS = 30 * SECOND_MS;
const CONTROL_PING_MS = 20 * SECOND_MS;
const MAX_MESSAGE_BYTES = 1024 * 1024;
const MAX_BUFFERED_BYTES = 8 * 1024 * 1024;
