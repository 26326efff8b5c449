import { EventEmitter } from 'node:events';

import { parseJson } from '#shared/json.ts';

/** Kinds of packet (Socket.IO protocol 5). */
const CONNECT = 0;
const DISCONNECT = 1;
const EVENT = 2;

export interface SocketIoListener {
  /** The text of `["name",…]`, unparsed. */
  onEvent(text: string): void;
  /** The server ends the namespace. */
  onDisconnected(): void;
  /** `connect_error`, in the server's own words, which may be empty. */
  onRefused(words: string): void;
  onRejected(reason: string, raw: string): void;
}

/** What the library asks of a parser: two classes, and `decoded` for packets that it is to handle itself. */
export interface SocketIoParser {
  Encoder: new () => { encode(packet: { type: number; data?: unknown }): string[] };
  Decoder: new () => EventEmitter & { add(text: string): void; destroy(): void };
}

/**
 * Stands in for the library's own parser, which parses each event only for us to parse it again, and which ends the connection on
 * one that is no JSON. Only the namespace `/`, and neither binary packets nor acknowledgements: no backend has them.
 */
export function createSocketIoParser(listener: SocketIoListener): SocketIoParser {
  class Encoder {
    encode(packet: { type: number; data?: unknown }): string[] {
      const data = packet.type === DISCONNECT || packet.data === undefined ? '' : JSON.stringify(packet.data);
      return [`${packet.type}${data}`];
    }
  }

  class Decoder extends EventEmitter {
    add(text: string): void {
      const payload = text.slice(1);
      switch (text[0]) {
        case '0': {
          const data = asObject(payload);
          if (data === null) listener.onRejected('a connect packet that cannot be read', text);
          else this.emit('decoded', { type: CONNECT, nsp: '/', data });
          return;
        }
        case '1':
          if (payload === '' || payload === '/,') listener.onDisconnected();
          return;
        case String(EVENT): {
          // A number before the list asks for an acknowledgement; nothing here gives one.
          const list = payload.replace(/^\d{1,20}(?=\[)/, '');
          if (/^\[\s*"/.test(list)) listener.onEvent(list);
          else listener.onRejected('an event without a name', text);
          return;
        }
        case '4': {
          const message = asObject(payload)?.message;
          listener.onRefused(typeof message === 'string' ? message : '');
          return;
        }
        default:
          listener.onRejected('a packet of an unknown kind', text);
      }
    }

    destroy(): void {
      // Nothing is kept between two packets.
    }
  }

  return { Encoder, Decoder };
}

function asObject(text: string): Record<string, unknown> | null {
  const value = parseJson(text);
  return typeof value === 'object' && value !== null ? { ...value } : null;
}
