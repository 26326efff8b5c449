import http from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** What a request looked like when it arrived. Header values are the bytes as sent, one character a byte. */
export interface SeenRequest {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string;
}

/** A server on loopback that keeps what was asked and who is connected, so that a test can wait for either. */
export function createCounted() {
  const seen: SeenRequest[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  let waiting: { isSo: () => boolean; resolve: () => void }[] = [];
  const server = http.createServer();
  server.keepAliveTimeout = 0;

  function changed(): void {
    for (const waiter of waiting.filter(({ isSo }) => isSo())) waiter.resolve();
    waiting = waiting.filter(({ isSo }) => !isSo());
  }

  server.on('connection', (socket) => {
    connections += 1;
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('error', () => undefined);
    socket.once('close', () => {
      sockets.delete(socket);
      changed();
    });
    changed();
  });

  return {
    server,
    seen,
    sockets,
    connections: () => connections,
    until: (isSo: () => boolean): Promise<void> =>
      new Promise((resolve) => {
        waiting.push({ isSo, resolve });
        changed();
      }),
    async listen(
      port: number,
      handle: (request: IncomingMessage, response: ServerResponse, seen: SeenRequest) => void,
    ): Promise<string> {
      server.on('request', (request, response) => {
        const chunks: Buffer[] = [];
        request.on('data', (chunk: Buffer) => chunks.push(chunk));
        request.on('end', () => {
          const entry: SeenRequest = {
            method: request.method ?? '',
            path: request.url ?? '',
            headers: Object.fromEntries(
              Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
            ),
            body: Buffer.concat(chunks).toString('utf8'),
          };
          seen.push(entry);
          handle(request, response, entry);
          changed();
        });
      });
      await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    },
    async close(): Promise<void> {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
