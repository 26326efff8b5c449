import { createParser } from 'eventsource-parser';
import { array, assert, constantFrom, integer, oneof, property, tuple, uint8Array } from 'fast-check';
import { expect, it } from 'vitest';

import { createEventDecoder } from './event-decoder.ts';
import type { SseMessage } from './port.ts';

/** What a stream may be made of, odd things more often than a server would send them. */
const piece = oneof(
  constantFrom(
    'data: ',
    'data:',
    'data',
    'event: ',
    'event:',
    'id: ',
    'id',
    'retry: 5',
    'DATA: ',
    'x: ',
    ': ',
    ':',
  ),
  constantFrom('\n', '\r', '\r\n', '\n\n', '\r\r', '\r\n\r\n'),
  constantFrom(
    'a',
    ' ',
    '  b',
    '\0',
    '\t',
    '{"c":1}',
    '東京',
    '🚀',
    '\uFEFF',
    '\uFFFD',
    '\u00EF\u00BB\u00BF',
    '\u2028',
  ),
);
const odd = uint8Array({ maxLength: 3 }).map((bytes) => Buffer.from(bytes));
const stream = array(
  oneof({ arbitrary: piece.map((text) => Buffer.from(text)), weight: 20 }, { arbitrary: odd, weight: 1 }),
  {
    maxLength: 60,
  },
).map((parts) => Buffer.concat(parts));

/** An independent reading by the same standard, of the whole text at once. */
function read(bytes: Buffer): { messages: SseMessage[]; lastEventId: string } {
  const messages: SseMessage[] = [];
  let lastEventId = '';
  const parser = createParser({
    onId: (id) => (lastEventId = id),
    onEvent: ({ event, data }) => messages.push({ event: event ?? 'message', data, lastEventId }),
  });
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  // Only one mark at the very start, and never one of letters: that parser would take either.
  parser.feed('\n');
  parser.feed(text.startsWith('\uFEFF') ? text.slice(1) : text);
  return { messages, lastEventId };
}

it('D5 events are those that another parser of the standard finds, whatever the bytes and wherever they are cut', () => {
  assert(
    property(tuple(stream, array(integer({ min: 0, max: 200 }), { maxLength: 12 })), ([bytes, places]) => {
      const messages: SseMessage[] = [];
      const decoder = createEventDecoder({
        lastEventId: '',
        onMessage: (message) => messages.push(message),
        onRejected: () => undefined,
      });
      const cuts = [0, ...places.filter((place) => place < bytes.length).sort((a, b) => a - b), bytes.length];
      for (const [index, from] of cuts.entries()) decoder.feed(bytes.subarray(from, cuts[index + 1]));
      expect({ messages, lastEventId: decoder.lastEventId() }).toEqual(read(bytes));
    }),
    { numRuns: 20_000 },
  );
});
