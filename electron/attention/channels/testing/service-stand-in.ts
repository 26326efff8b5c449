import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReceivedPost {
  path: string;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

type Queued = Reply | 'hang' | 'half' | null;

interface Reply {
  status: number;
  headers?: Record<string, string>;
  body: string;
}

/**
 * A service on loopback: answers what the test queued, then `usual`. A reply of `null` breaks the connection after the request was read,
 * `hang` never answers, `half` breaks off in the middle of an answer.
 */
export async function startService(usual: Reply) {
  const received: ReceivedPost[] = [];
  const queued: Queued[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { url = '', headers } = request;
      received.push({ path: url, headers, body: Buffer.concat(chunks).toString() });
      const reply = queued.length > 0 ? queued.shift() : usual;
      if (reply === 'hang') return;
      if (reply === 'half') {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '400' });
        response.write('{"ok":tr', () => response.destroy());
        return;
      }
      if (reply === null || reply === undefined) {
        response.destroy();
        return;
      }
      response.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers });
      response.end(reply.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}`,
    received,
    next: (...replies: Queued[]) => void queued.push(...replies),
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
