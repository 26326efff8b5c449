/**
 * Both ends of a channel's way in a process of their own, so that one clock times it: the backend at which an event happens and the service
 * that takes the message. `node far-side.ts KIND`.
 */
import { createServer } from 'node:http';
import { createServer as createMailServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';

import type { ChannelKindName } from '#shared/domain/attention/channel.ts';

import { startStubServer } from '#electron/backends/coinruler/testing/stub-server.ts';

/** Said once, when both ends listen. */
export interface FarSide {
  /** Backends of which each has listeners of its own. */
  backends: readonly [address: string, address: string];
  servicePort: number;
}

/** What came of one event. */
export interface Taken {
  /** From the event's way out of the backend to the service's word that it has the message. */
  tookMs: number;
  /** What the sender said, in turns: the service answered in between. */
  turns: readonly string[];
}

const kind = process.argv[2] as ChannelKindName;
const backends = await Promise.all([startStubServer(), startStubServer()]);
let turns: string[] = [];
/** Part of the message that is awaited; others may be on their way. */
let awaited = /(?:)/;
let toldAtMs = 0;
let number = 0;

function accept(): void {
  if (!awaited.test(turns.join(''))) return;
  process.send?.({ tookMs: performance.now() - toldAtMs, turns } satisfies Taken);
}

function record(socket: Socket): void {
  let answered = -1;
  socket.on('data', (chunk: Buffer) => {
    const text = chunk.toString('latin1');
    if (turns.length === 0 || socket.bytesWritten > answered) turns.push(text);
    else turns.push((turns.pop() ?? '') + text);
    answered = socket.bytesWritten;
  });
}

process.on('message', (which: 0 | 1) => {
  turns = [];
  number += 1;
  // The second backend's listener says what it was given before.
  // In JSON a line break before it ends in a letter.
  awaited = which === 0 ? new RegExp(`C${number}(?!\\d)`) : /(?:)/;
  const data = {
    type: 'price_move',
    severity: 'critical',
    message: `C${number} moved by 9.5 percent within a minute`,
    data: { symbol: `C${number}`, number },
    timestamp: new Date().toISOString(),
  };
  toldAtMs = performance.now();
  backends[which].tell({ type: 'alert', data });
});
process.on('disconnect', () => process.exit(0));

const servicePort = kind === 'email' ? await startMail() : await startWeb();
process.send?.({
  backends: [backends[0].address, backends[1].address],
  servicePort,
} satisfies FarSide);

/** The least of SMTP, without the tenth of a second that a server on guard against spam greets late. */
function startMail(): Promise<number> {
  const server = createMailServer((socket) => {
    let takesText = false;
    let text = '';
    // First, so that what is answered was recorded.
    record(socket);
    socket.on('error', () => undefined);
    socket.write('220 here\r\n');
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
      if (!text.endsWith(takesText ? '\r\n.\r\n' : '\r\n')) return;
      const wasText = takesText;
      takesText = text.startsWith('DATA');
      socket.write(takesText ? '354 go on\r\n' : '250 fine\r\n');
      text = '';
      if (wasText) accept();
    });
  });
  return listen(server);
}

function startWeb(): Promise<number> {
  const server = createServer((request, response) => {
    request.resume();
    request.on('end', () => {
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":true}');
      accept();
    });
  });
  // After the server's own, which reads past whoever listened before it.
  server.on('connection', record);
  return listen(server);
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}
