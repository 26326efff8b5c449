import { z } from 'zod';

import { MESSAGE_BYTES, SAMPLE_BYTES } from './open-websocket.ts';
import type { TransportEvents } from './port.ts';

/** Between the packets of one polling answer (Engine.IO 4). */
const SEPARATOR = '\u001E';
const NOTHING = '6';
const LONGEST_PAUSE_MS = 600_000;

const handshake = z.object({
  sid: z.string().min(1).max(200),
  upgrades: z.array(z.string()).max(10),
  pingInterval: z.number().int().min(1).max(LONGEST_PAUSE_MS),
  pingTimeout: z.number().int().min(1).max(LONGEST_PAUSE_MS),
  maxPayload: z.number().int().min(1),
});

/** A server that begins in another way than Engine.IO 4 does: nothing after it can be trusted. */
export class EngineHandshakeError extends Error {
  override readonly name = 'EngineHandshakeError';
}

/**
 * Looks at Engine.IO packets before the library does. It would throw out of a socket's event on a handshake that is no JSON or lacks
 * members, would end the connection on one unknown packet, and has no limit on a message. What cannot be used becomes
 * a packet that means nothing, and is told. Throws `EngineHandshakeError`, also for a second handshake.
 */
export function createPacketFilter(onRejected: TransportEvents['rejected']): (data: unknown) => string {
  let begun = false;

  function reject(reason: string, raw: string): string {
    onRejected({ reason, raw: raw.slice(0, SAMPLE_BYTES) });
    return NOTHING;
  }

  function checked(packet: string): string {
    if (!begun && !packet.startsWith('0') && packet !== '1') throw new EngineHandshakeError();
    switch (packet[0]) {
      case '0':
        if (begun) throw new EngineHandshakeError();
        begun = true;
        return `0${JSON.stringify(parseHandshake(packet.slice(1)))}`;
      case '4':
        if (packet.length === 1) return reject('an empty message', packet);
        // Characters, not bytes: never more than the bytes, and counting those would cost a pass over each message.
        return packet.length > MESSAGE_BYTES ? reject('a message of more than 1 MB', packet) : packet;
      case '1':
      case '2':
      case '3':
      case NOTHING:
        return packet.length > SAMPLE_BYTES ? reject('a packet that is too long', packet) : packet;
      case 'b':
        return reject('a binary message', packet);
      default:
        return reject('a packet of an unknown kind', packet);
    }
  }

  return (data) => {
    if (typeof data === 'string') return data.split(SEPARATOR).map(checked).join(SEPARATOR);
    return reject('a binary message', Buffer.isBuffer(data) ? data.toString('utf8', 0, SAMPLE_BYTES) : '');
  };
}

/** True for one event of the namespace `/` with a name, which passes the filter as it is. */
export const isPlainEvent = (data: unknown): data is string =>
  typeof data === 'string' &&
  data.startsWith('42["') &&
  data.length <= MESSAGE_BYTES &&
  !data.includes(SEPARATOR);

function parseHandshake(text: string): z.infer<typeof handshake> {
  try {
    return handshake.parse(JSON.parse(text));
  } catch {
    throw new EngineHandshakeError();
  }
}
