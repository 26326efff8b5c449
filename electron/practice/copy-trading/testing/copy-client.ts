import { io } from 'socket.io-client';

import type { Practice } from '../../practice.ts';
import { practiceBackend } from '../../port.ts';

type Json = Record<string, unknown>;

/** A caller of the practice copy-trading server: its REST as text and JSON, and a socket that keeps every event. */
export interface CopyClient {
  wallet: string;
  call(method: string, path: string, body?: unknown, token?: string): Promise<Reply>;
  signIn(): Promise<string>;
  connect(auth?: Json): Promise<CopySocket>;
}

interface Reply {
  status: number;
  headers: Headers;
  text: string;
  body: Json;
}

interface CopySocket {
  emit(event: string, payload?: unknown): void;
  /** Resolves with the first payload of this event that fits, of the past or still to come. */
  first(event: string, fits?: (payload: Json) => boolean): Promise<Json>;
  of(event: string): Json[];
  closed: Promise<string>;
  close(): void;
}

export function createCopyClient(ready: Practice['ready']): CopyClient {
  const { address, options } = practiceBackend(ready, 'copy-trading');
  const wallet = options?.wallet ?? '';

  async function call(method: string, path: string, body?: unknown, token?: string): Promise<Reply> {
    const response = await fetch(address + path, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') === true;
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: isJson ? (JSON.parse(text) as Json) : {},
    };
  }

  return {
    wallet,
    call,
    async signIn() {
      const { body } = await call('POST', '/api/auth/login', { walletAddress: wallet, signature: 'none' });
      return String(body.token);
    },
    connect: (auth = {}) => connect(address, auth),
  };
}

function connect(address: string, auth: Json): Promise<CopySocket> {
  const socket = io(address, { auth, transports: ['websocket'], reconnection: false, forceNew: true });
  const events: { event: string; payload: Json }[] = [];
  const listeners = new Set<() => void>();
  socket.onAny((event: string, payload: Json) => {
    events.push({ event, payload });
    for (const listener of listeners) listener();
  });
  const closed = new Promise<string>((resolve) => socket.on('disconnect', resolve));
  const of = (event: string): Json[] =>
    events.filter((one) => one.event === event).map(({ payload }) => payload);
  const client: CopySocket = {
    emit(event, payload) {
      if (payload === undefined) socket.emit(event);
      else socket.emit(event, payload);
    },
    of,
    first: (event, fits = () => true) =>
      new Promise((resolve) => {
        const look = (): void => {
          const found = of(event).find(fits);
          if (found === undefined) return;
          listeners.delete(look);
          resolve(found);
        };
        listeners.add(look);
        look();
      }),
    closed,
    close: () => void socket.disconnect(),
  };
  return new Promise((resolve, reject) => {
    socket.on('connect', () => resolve(client));
    socket.on('connect_error', (error) => {
      socket.disconnect();
      reject(error);
    });
  });
}
