import type { Socket } from 'socket.io-client';
import { io } from 'socket.io-client';

/** Everything that a socket of VolSpike was told, in its order. */
interface VolspikeSocket {
  socket: Socket;
  told: { event: string; payload: Record<string, unknown> }[];
  of(event: string): Record<string, unknown>[];
  /** Resolves with the first of these, also one that came before. */
  first(event: string): Promise<Record<string, unknown>>;
  /** Resolves once everything that was sent before has arrived. */
  settled(): Promise<void>;
  close(): void;
}

/** Connects with this handshake; rejects with the message of the refusal. */
export function openVolspike(address: string, auth: Record<string, unknown>): Promise<VolspikeSocket> {
  const socket = io(address, { auth, reconnection: false, forceNew: true, transports: ['websocket'] });
  const told: VolspikeSocket['told'] = [];
  let waiting: { event: string; found(payload: Record<string, unknown>): void }[] = [];
  socket.onAny((event: string, payload: Record<string, unknown>) => {
    told.push({ event, payload });
    for (const one of waiting) if (one.event === event) one.found(payload);
    waiting = waiting.filter((one) => one.event !== event);
  });
  const of = (event: string): Record<string, unknown>[] =>
    told.filter((one) => one.event === event).map(({ payload }) => payload);
  const next = (event: string): Promise<Record<string, unknown>> =>
    new Promise((found) => waiting.push({ event, found }));
  const opened: VolspikeSocket = {
    socket,
    told,
    of,
    first(event) {
      const [known] = of(event);
      return known === undefined ? next(event) : Promise.resolve(known);
    },
    async settled() {
      // The answer comes after whatever was sent before it.
      const answered = next('refresh-interval');
      socket.emit('request-refresh');
      await answered;
    },
    close: () => void socket.disconnect(),
  };
  return new Promise((resolve, reject) => {
    socket.on('connect_error', (error) => {
      socket.disconnect();
      reject(error);
    });
    socket.on('connect', () => void opened.first('market-update').then(() => resolve(opened)));
  });
}
