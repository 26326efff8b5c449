import type { Server, Socket } from 'node:net';
import { connect, createServer } from 'node:net';
import { once } from 'node:events';

import { listen } from '../practice/listen.ts';

/** A way to a backend that can be shut, and that keeps what was asked through it in the order in which it came. */
export interface RecordingGate {
  address: string;
  /** Method and path of each request since the gate was last opened. */
  asked: string[];
  /** When each of them came, by the machine's clock. */
  askedAtMs: number[];
  /** Nobody listens at the address any more, and what was connected breaks. */
  shut(): Promise<void>;
  open(): Promise<void>;
}

const REQUEST_LINE = /^(GET|POST|PUT|PATCH|DELETE) (\S+) HTTP\/1\.1\r\n/gm;

export async function openGate(target: string): Promise<RecordingGate> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  const gate: RecordingGate = { address: '', asked: [], askedAtMs: [], shut, open };
  let server: Server | null = null;
  let ownPort = 0;

  function through(inner: Socket): void {
    const outer = connect(Number(port), hostname);
    for (const socket of [inner, outer]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        inner.destroy();
        outer.destroy();
      });
    }
    inner.on('data', (chunk: Buffer) => {
      for (const [, method, path] of chunk.toString('latin1').matchAll(REQUEST_LINE)) {
        gate.asked.push(`${method ?? ''} ${path ?? ''}`);
        gate.askedAtMs.push(performance.timeOrigin + performance.now());
      }
    });
    inner.pipe(outer);
    outer.pipe(inner);
  }

  async function open(): Promise<void> {
    gate.asked.length = 0;
    gate.askedAtMs.length = 0;
    server = createServer(through);
    ownPort = await listen(server, ownPort);
    gate.address = `http://127.0.0.1:${ownPort}`;
  }

  async function shut(): Promise<void> {
    if (server === null) return;
    const closed = once(server, 'close');
    server.close();
    for (const socket of sockets) socket.destroy();
    server = null;
    await closed;
  }

  await open();
  return gate;
}
