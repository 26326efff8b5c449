import { array, assert, constantFrom, property } from 'fast-check';
import { expect, it } from 'vitest';

import { createPacketFilter, isPlainEvent } from './engine-packets.ts';
import { createSocketIoParser } from './socket-io-parser.ts';

const HANDSHAKE = '0{"sid":"a","upgrades":[],"pingInterval":1,"pingTimeout":1,"maxPayload":1}';
const packets = array(
  constantFrom(
    '42["',
    '42[',
    '4',
    '2',
    '17',
    '["a"',
    ' ',
    '"',
    ',{"b":1}]',
    ']',
    '\u001E',
    '東',
    'x'.repeat(1024 * 1024),
  ),
  { maxLength: 5 },
).map((parts) => parts.join(''));

/** What comes out of the filter and the parser, which read every other packet. */
function readInFull(packet: string): { events: string[]; rejected: string[] } {
  const events: string[] = [];
  const rejected: string[] = [];
  const filter = createPacketFilter(({ reason }) => rejected.push(reason));
  filter(HANDSHAKE);
  const { Decoder } = createSocketIoParser({
    onEvent: (text) => events.push(text),
    onDisconnected: () => rejected.push('disconnected'),
    onRefused: () => rejected.push('refused'),
    onRejected: (reason) => rejected.push(reason),
  });
  new Decoder().add(filter(packet).slice(1));
  return { events, rejected };
}

it('D5 an event that passes by the engine is the one that it would have handed on', () => {
  assert(
    property(packets, (packet) => {
      if (isPlainEvent(packet))
        expect(readInFull(packet)).toEqual({ events: [packet.slice(2)], rejected: [] });
    }),
    { numRuns: 3_000 },
  );
  expect(isPlainEvent('42["volume-alert",{"symbol":"AAAUSDT"}]')).toBe(true);
});
