import { createServer as createHttpServer } from 'node:http';
import type { AddressInfo, Server, Socket } from 'node:net';
import { connect, createServer } from 'node:net';

import type { ChannelConfig, ChannelKindName } from '#shared/domain/attention/channel.ts';

import { startMailServer } from './mail-server.ts';
import { findFreePort } from '../../../lib/testing/free-port.ts';

/** What goes wrong with one attempt. `hold`: it is read and never answered. `break`: it is taken, and the connection is cut before a word. */
export type Fault = { status: number; retryAfter?: string; date?: string } | 'hold' | 'break';

/** A service of one kind on loopback, that answers as it does and keeps what it took. */
export interface ServiceOfKind {
  options: ChannelConfig['options'];
  secrets: Record<string, string>;
  /** What a person has in hand, in the order in which it came. */
  taken: { to: string; text: string }[];
  /** The next attempts, one fault each; after them all is well. */
  faults: Fault[];
  /** Recipients that it never takes anything for. */
  unknown: Set<string>;
  attempts(): number;
  /** Nobody listens any more. */
  stop(): Promise<void>;
  /** Listens again, at the same address. */
  startAgain(): Promise<void>;
  /** Leaves nothing behind. */
  end(): Promise<void>;
}

export const startServiceOfKind = (kind: ChannelKindName): Promise<ServiceOfKind> =>
  kind === 'email' ? startMail() : startWeb(kind);

const TOKEN = '123456:AAE-a-token-nobody-may-see';

const WEB: Record<
  Exclude<ChannelKindName, 'email'>,
  {
    options(address: string): ChannelConfig['options'];
    secrets(address: string): Record<string, string>;
    recipientOf(body: string): string;
    unknown: { status: number; body: string };
  }
> = {
  telegram: {
    options: (server) => ({ server }),
    secrets: () => ({ token: TOKEN }),
    recipientOf: (body) => /"chat_id":"([^"]*)"/.exec(body)?.[1] ?? '',
    unknown: { status: 400, body: '{"ok":false,"description":"Bad Request: chat not found"}' },
  },
  sms: {
    options: (server) => ({ server, account: 'AC0123456789', from: '+15005550006' }),
    secrets: () => ({ token: TOKEN }),
    recipientOf: (body) => new URLSearchParams(body).get('To') ?? '',
    unknown: { status: 400, body: '{"code":21211,"message":"Invalid To number"}' },
  },
  discord: {
    options: () => ({}),
    secrets: (address) => ({ webhook: `${address}/api/webhooks/1/${TOKEN}` }),
    recipientOf: () => '',
    unknown: { status: 404, body: '{"message":"Unknown Webhook","code":10015}' },
  },
  slack: {
    options: () => ({}),
    secrets: (address) => ({ webhook: `${address}/services/T0/${TOKEN}` }),
    recipientOf: () => '',
    unknown: { status: 404, body: 'no_service' },
  },
};

async function startWeb(kind: Exclude<ChannelKindName, 'email'>): Promise<ServiceOfKind> {
  const { options, secrets, recipientOf, unknown: refusal } = WEB[kind];
  const taken: ServiceOfKind['taken'] = [];
  const faults: Fault[] = [];
  const unknown = new Set<string>();
  let attempts = 0;
  const server = createHttpServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString();
      const to = recipientOf(text);
      const fault = faults.shift();
      const answer = (status: number, body: string, headers: Record<string, string> = {}): void => {
        response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
      };
      if (fault === undefined || fault === 'break') {
        if (unknown.has(to)) answer(refusal.status, refusal.body);
        else {
          taken.push({ to, text });
          if (fault === undefined) answer(200, '{"ok":true}');
          else response.destroy();
        }
      } else if (fault !== 'hold') {
        const { status, retryAfter, date } = fault;
        answer(status, '{}', {
          ...(retryAfter === undefined ? {} : { 'retry-after': retryAfter }),
          ...(date === undefined ? {} : { date }),
        });
      }
      attempts += 1;
    });
  });
  const port = await listen(server, await findFreePort());
  const address = `http://127.0.0.1:${port}`;
  const stop = async (): Promise<void> => {
    server.closeAllConnections();
    await close(server);
  };
  return {
    options: options(address),
    secrets: secrets(address),
    taken,
    faults,
    unknown,
    attempts: () => attempts,
    stop,
    async startAgain() {
      await listen(server, port);
    },
    end: stop,
  };
}

/** A real SMTP server, reached through a door of which the test can cut the connections. */
async function startMail(): Promise<ServiceOfKind> {
  const taken: ServiceOfKind['taken'] = [];
  const faults: Fault[] = [];
  const unknown = new Set<string>();
  const sockets = new Set<Socket>();
  let attempts = 0;
  const cut = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  const inner = await startMailServer({
    onRcptTo({ address }, _session, callback) {
      if (!unknown.has(address)) callback();
      else {
        attempts += 1;
        callback(Object.assign(new Error('no such user'), { responseCode: 550 }));
      }
    },
    onData(stream, session, callback) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const fault = faults.shift();
        if (fault === undefined || fault === 'break') {
          const to = session.envelope.rcptTo.map(({ address }) => address).join();
          taken.push({ to, text: Buffer.concat(chunks).toString() });
          if (fault === undefined) callback(null);
          else cut();
        } else if (fault !== 'hold') callback(Object.assign(new Error('no'), { responseCode: fault.status }));
        attempts += 1;
      });
    },
  });
  const door = createServer((socket) => {
    const behind = connect(inner.port, '127.0.0.1');
    for (const one of [socket, behind]) {
      sockets.add(one);
      one.on('error', () => undefined).on('close', () => sockets.delete(one));
    }
    socket.pipe(behind).pipe(socket);
  });
  const port = await listen(door, await findFreePort());
  const stop = async (): Promise<void> => {
    cut();
    await close(door);
  };
  return {
    options: { host: '127.0.0.1', port: String(port), security: 'none', from: 'desk@example.com' },
    secrets: {},
    taken,
    faults,
    unknown,
    attempts: () => attempts,
    stop,
    async startAgain() {
      await listen(door, port);
    },
    async end() {
      await stop();
      await inner.close();
    },
  };
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

async function close(server: Server): Promise<void> {
  if (server.listening) await new Promise<void>((resolve) => server.close(() => resolve()));
}
