import type { IncomingMessage } from 'node:http';

import type { ClientOptions } from 'ws';
import { WebSocket } from 'ws';

interface HubFrame {
  type: string;
  data: Record<string, unknown>;
  timestamp: string;
}

/** A listener of the practice market hub that keeps every frame. */
interface HubClient {
  upgrade: IncomingMessage;
  /** Frames so far as they came, and those of one type parsed. */
  texts: string[];
  of(type: string): HubFrame[];
  /** Resolves with the first frame that fits, of the past or still to come. */
  first(type: string, fits?: (data: Record<string, unknown>) => boolean): Promise<HubFrame>;
  send(data: string | Buffer): void;
  /** Resolves when the server has taken in what was sent, and what it sent before that has arrived. */
  settled(): Promise<void>;
  /** Resolves with the code of the close. */
  closed: Promise<number>;
  close(): Promise<number>;
}

export async function openHub(
  address: string,
  options: ClientOptions & { welcomed?: boolean } = {},
): Promise<HubClient> {
  const { welcomed = true, ...socketOptions } = options;
  const socket = new WebSocket(address, socketOptions);
  const texts: string[] = [];
  const frames: HubFrame[] = [];
  const listeners = new Set<(frame: HubFrame) => void>();
  socket.on('message', (raw: Buffer) => {
    const text = raw.toString('utf8');
    texts.push(text);
    for (const frame of parse(text)) {
      frames.push(frame);
      for (const listener of listeners) listener(frame);
    }
  });
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  const upgrade = await new Promise<IncomingMessage>((resolve, reject) => {
    let head: IncomingMessage;
    socket.on('upgrade', (response) => (head = response));
    socket.on('open', () => resolve(head));
    socket.on('error', reject);
  });
  const of = (type: string): HubFrame[] => frames.filter((frame) => frame.type === type);

  function first(
    type: string,
    fits: (data: Record<string, unknown>) => boolean = () => true,
  ): Promise<HubFrame> {
    return new Promise((resolve) => {
      const look = (frame: HubFrame): void => {
        if (frame.type !== type || !fits(frame.data)) return;
        listeners.delete(look);
        resolve(frame);
      };
      listeners.add(look);
      frames.forEach(look);
    });
  }

  if (welcomed) await first('system_status');
  return {
    upgrade,
    texts,
    of,
    first,
    send: (data) => socket.send(data),
    settled: () =>
      new Promise((resolve) => {
        socket.once('pong', () => resolve());
        socket.ping();
      }),
    closed,
    close() {
      socket.close();
      return closed;
    },
  };
}

/** A frame that is no JSON, sent on purpose, is no frame of any type. */
function parse(text: string): HubFrame[] {
  try {
    return [JSON.parse(text) as HubFrame];
  } catch {
    return [];
  }
}
