/**
 * The server of an ingest row, in a process of its own so that its work is not counted: `node server.ts FLOOD`. Tells its address,
 * then sends so many events to whoever listens each time that it is told a number.
 */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect, createServer } from 'node:net';

import { startStubServer } from '#electron/backends/coinruler/testing/stub-server.ts';
import { startStubHub } from '#electron/backends/market-hub/testing/stub-hub.ts';
import { startStub } from '#electron/backends/volspike/testing/stub-server.ts';

import type { Flood } from './events.ts';
import { eventsOf } from './events.ts';

/** A burst, as a server that is that busy writes it in one go. */
const BURST = 64;

interface Sender {
  address: string;
  send(events: readonly string[]): void;
}

const flood = process.argv[2] as Flood;
const sender = await startSender(flood);
process.send?.(await startGathering(sender.address));
let sent = 0;
for (;;) {
  const [count] = (await once(process, 'message')) as [number];
  for (let left = count; left > 0; left -= BURST) {
    const size = Math.min(BURST, left);
    sender.send(eventsOf(flood, size, sent, left <= BURST));
    sent += size;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** What the server writes within a millisecond goes on in one piece, as it does from a server that is busy. */
async function startGathering(address: string): Promise<string> {
  const { hostname, port, protocol } = new URL(address);
  const proxy = createServer((client) => {
    const server = connect(Number(port), hostname);
    client.pipe(server);
    let gathered: Buffer[] = [];
    server.on('data', (chunk: Buffer) => {
      if (gathered.length === 0) setTimeout(passOn, 1);
      gathered.push(chunk);
    });
    function passOn(): void {
      client.write(Buffer.concat(gathered));
      gathered = [];
    }
    client.on('error', () => server.destroy());
    client.on('close', () => server.destroy());
    server.on('error', () => client.destroy());
  });
  await new Promise<void>((resolve) => proxy.listen(0, hostname, resolve));
  return `${protocol}//${hostname}:${(proxy.address() as AddressInfo).port}`;
}

async function startSender(kind: Flood): Promise<Sender> {
  switch (kind) {
    case 'sse-portfolio':
    case 'sse-alert': {
      const server = await startStubServer();
      return { address: server.address, send: (events) => server.tell(events.join('\n\ndata: ')) };
    }
    case 'websocket': {
      const hub = await startStubHub();
      return {
        address: hub.address,
        send(events) {
          for (const event of events) hub.tell(event);
        },
      };
    }
    case 'socket-io': {
      const stub = await startStub();
      return {
        address: stub.address,
        send(events) {
          for (const event of events) {
            const [name, payload] = JSON.parse(event) as [string, unknown];
            stub.tell(name, payload);
          }
        },
      };
    }
  }
}
