import { describe, expect, it } from 'vitest';

import { createEventDecoder } from './event-decoder.ts';
import type { DecoderRejection } from './event-decoder.ts';
import type { SseMessage } from './port.ts';

type Cut = (bytes: Buffer) => Buffer[];
const whole: Cut = (bytes) => [bytes];
const byteByByte: Cut = (bytes) => Array.from(bytes, (_byte, index) => bytes.subarray(index, index + 1));
const inThrees: Cut = (bytes) =>
  Array.from({ length: Math.ceil(bytes.length / 3) }, (_chunk, index) =>
    bytes.subarray(index * 3, index * 3 + 3),
  );

function decode(input: string | Buffer, cut: Cut = whole, lastEventId = '') {
  const messages: SseMessage[] = [];
  const rejected: DecoderRejection[] = [];
  const decoder = createEventDecoder({
    lastEventId,
    onMessage: (message) => messages.push(message),
    onRejected: (rejection) => rejected.push(rejection),
  });
  for (const chunk of cut(Buffer.from(input))) decoder.feed(chunk);
  return { messages, rejected, data: messages.map(({ data }) => data), lastEventId: decoder.lastEventId() };
}

const cuts: [string, Cut][] = [
  ['whole', whole],
  ['byte by byte', byteByByte],
  ['in pieces of three bytes', inThrees],
];

describe.each(cuts)('D5 an event stream %s', (_name, cut) => {
  const data = (input: string | Buffer): string[] => decode(input, cut).data;

  it('ends lines with LF', () => {
    expect(data('data: a\n\ndata: b\n\n')).toEqual(['a', 'b']);
  });

  it('ends lines with CRLF', () => {
    expect(data('data: a\r\ndata: b\r\n\r\ndata: c\r\n\r\n')).toEqual(['a\nb', 'c']);
  });

  it('ends lines with CR', () => {
    expect(data('data: a\rdata: b\r\rdata: c\r\r')).toEqual(['a\nb', 'c']);
  });

  it('dispatches at CR CR without waiting for more', () => {
    expect(data('data: a\r\r')).toEqual(['a']);
  });

  it('ends lines with a mixture of all three', () => {
    expect(data('data: a\rdata: b\ndata: c\r\n\ndata: d\n\r\n')).toEqual(['a\nb\nc', 'd']);
  });

  it('takes one byte order mark off the very start', () => {
    expect(data('\uFEFFdata: a\n\n')).toEqual(['a']);
  });

  it('takes only one byte order mark off', () => {
    expect(data('\uFEFF\uFEFFdata: a\n\ndata: b\n\n')).toEqual(['b']);
  });

  it('leaves a byte order mark that comes later where it is', () => {
    expect(data('data: \uFEFFa\n\n\uFEFFdata: b\n\ndata: c\n\n')).toEqual(['\uFEFFa', 'c']);
  });

  it('does not mistake letters that look like a raw byte order mark for one', () => {
    expect(data('\u00EF\u00BB\u00BFdata: a\n\ndata: b\n\n')).toEqual(['b']);
  });

  it('puts characters of two, three and four bytes together', () => {
    expect(data('data: Grüße 東京 🚀\n\n')).toEqual(['Grüße 東京 🚀']);
  });

  it('puts U+FFFD for bytes that are not UTF-8, delivers the event and counts it', () => {
    const { data, rejected } = decode(Buffer.from('data: caf\xE9 au lait\n\ndata: b\n\n', 'latin1'), cut);
    expect(data).toEqual(['caf\uFFFD au lait', 'b']);
    expect(rejected).toMatchObject([{ reason: 'bytes that are not UTF-8', lost: false }]);
  });

  it('does not count a U+FFFD that the server sent itself', () => {
    expect(decode('data: \uFFFD and \uFFFD\n\n', cut)).toMatchObject({
      data: ['\uFFFD and \uFFFD'],
      rejected: [],
    });
  });

  it('keeps the id, also over events without one', () => {
    const { messages } = decode('id: 1\ndata: a\n\ndata: b\n\nid\ndata: c\n\n', cut);
    expect(messages.map(({ lastEventId }) => lastEventId)).toEqual(['1', '1', '']);
  });

  it('ignores an id with NUL in it', () => {
    expect(decode('id: 1\ndata: a\n\nid: 2\0\ndata: b\n\n', cut).lastEventId).toBe('1');
  });

  it('takes an id without data, and dispatches nothing for it', () => {
    expect(decode('id: 7\n\n', cut)).toMatchObject({ messages: [], lastEventId: '7' });
  });

  it('does not take the id of an event that was cut off', () => {
    expect(decode('id: 1\ndata: a\n\nid: 2\ndata: b\n', cut).lastEventId).toBe('1');
  });

  it('keeps an id outside of Latin-1', () => {
    expect(decode('id: 東京\ndata: a\n\n', cut).lastEventId).toBe('東京');
  });

  it('starts from the id of the connection before', () => {
    expect(decode('data: a\n\n', cut, 'before').messages[0]?.lastEventId).toBe('before');
  });

  it('names the event, and message where the name is missing or empty', () => {
    const { messages } = decode('event: x\ndata: a\n\ndata: b\n\nevent:\ndata: c\n\n', cut);
    expect(messages.map(({ event }) => event)).toEqual(['x', 'message', 'message']);
  });

  it('does not carry the name of an event without data over to the next', () => {
    expect(decode('event: x\n\ndata: a\n\n', cut).messages[0]?.event).toBe('message');
  });

  it('dispatches empty data, and joins lines with LF', () => {
    expect(data('data\n\ndata\ndata\n\ndata:\n\n')).toEqual(['', '\n', '']);
  });

  it('takes one space off, not two, and no tab', () => {
    expect(data('data:a\n\ndata:  a\n\ndata:\ta\n\n')).toEqual(['a', ' a', '\ta']);
  });

  it('passes over comments, unknown fields, retry and fields in capitals', () => {
    expect(data(': hi\n:\nretry: 1\nDATA: no\ndata : no\nx\nfoo: bar\ndata: a\n\n')).toEqual(['a']);
  });

  it('dispatches nothing without a blank line', () => {
    expect(data('data: a\n')).toEqual([]);
  });

  it('dispatches nothing for blank lines', () => {
    expect(data('\n\n\r\n\r\r\n')).toEqual([]);
  });
});

describe('D5 limits of an event stream', () => {
  const MB = 1024 * 1024;
  const inSlices = (size: number): Cut => {
    return (bytes) =>
      Array.from({ length: Math.ceil(bytes.length / size) }, (_chunk, index) =>
        bytes.subarray(index * size, (index + 1) * size),
      );
  };

  it.each([whole, inSlices(64 * 1024), inSlices(1_000_003)])('cuts a line over 1 MB and goes on', (cut) => {
    const input = `data: a\n\nid: 9\ndata: ${'x'.repeat(10 * MB)}\ndata: rest of the same event\n\ndata: b\n\n`;
    const { data, rejected, lastEventId } = decode(input, cut);
    expect(data).toEqual(['a', 'b']);
    expect(rejected).toHaveLength(1);
    expect(rejected[0]).toMatchObject({ reason: 'a line of more than 1 MB', lost: true });
    expect(rejected[0]?.raw.startsWith('data: xxx')).toBe(true);
    expect(rejected[0]?.raw.length).toBeLessThanOrEqual(8_000);
    expect(lastEventId).toBe('');
  });

  it.each(['\n\n', '\r\n\r\n', '\r\r'])('finds the end of a cut event by %j', (end) => {
    for (const cut of [whole, inSlices(4_096), inSlices(4_099)]) {
      const input = `data: ${'x'.repeat(MB + 1)}${end}data: b${end}`;
      expect(decode(input, cut).data).toEqual(['b']);
    }
  });

  it('D5 does not take the second half of a CRLF for the end of a cut event', () => {
    const first = `data: ${'x'.repeat(MB + 1)}\r`;
    const cut: Cut = (bytes) => [bytes.subarray(0, first.length), bytes.subarray(first.length)];
    expect(decode(`${first}\ndata: rest of it\r\n\r\ndata: b\r\n\r\n`, cut).data).toEqual(['b']);
  });

  it('keeps a line of just 1 MB', () => {
    const line = `data: ${'x'.repeat(MB - 6)}`;
    expect(decode(`${line}\n\n`, inSlices(65_536))).toMatchObject({ rejected: [], data: [line.slice(6)] });
  });

  it('cuts an event that goes on and on over many lines', () => {
    const { data, rejected } = decode(
      `${`data: ${'x'.repeat(1_000)}\n`.repeat(5_000)}\ndata: b\n\n`,
      inSlices(65_536),
    );
    expect(data).toEqual(['b']);
    expect(rejected).toMatchObject([{ reason: 'an event of more than 4 MB', lost: true }]);
  });

  it('does not take keep-alives without a blank line for one long event', () => {
    const { data, rejected } = decode(
      `${`: ${'ping '.repeat(200)}\n`.repeat(5_000)}data: b\n\n`,
      inSlices(65_536),
    );
    expect({ data, rejected }).toEqual({ data: ['b'], rejected: [] });
  });

  it('cuts in the middle of a character without a stray one in the next event', () => {
    const { data, rejected } = decode(`data: ${'東'.repeat(400_000)}\n\ndata: 京\n\n`, inSlices(65_536));
    expect(data).toEqual(['京']);
    expect(rejected).toHaveLength(1);
  });

  it('holds no more of an endless line than the limit', () => {
    const decoder = createEventDecoder({
      lastEventId: '',
      onMessage: () => undefined,
      onRejected: () => undefined,
    });
    const piece = Buffer.alloc(MB, 'x');
    decoder.feed(Buffer.from('data: '));
    for (let count = 0; count < 4; count += 1) decoder.feed(piece);
    const before = process.memoryUsage();
    for (let count = 0; count < 200; count += 1) decoder.feed(piece);
    const after = process.memoryUsage();
    expect(after.heapUsed + after.external - before.heapUsed - before.external).toBeLessThan(20 * MB);
  });
});
