import { createParser } from 'eventsource-parser';

import type { SseMessage } from './port.ts';

const LINE_BYTES = 1024 * 1024;
const EVENT_BYTES = 4 * 1024 * 1024;
const SAMPLE_BYTES = 4_000;
const LF = 10;
const CR = 13;
const COLON = 58;

/** Input that could not be used as it came. `lost`: an event was thrown away; otherwise it was delivered with U+FFFD in it. */
export interface DecoderRejection {
  reason: string;
  raw: string;
  lost: boolean;
}

export interface EventDecoderOptions {
  /** The last event id of the connection before, or the empty string. */
  lastEventId: string;
  onMessage: (message: SseMessage) => void;
  onRejected: (rejection: DecoderRejection) => void;
}

/** Turns the bytes of an event stream into events, however they are cut into pieces. */
export interface EventDecoder {
  feed(chunk: Buffer): void;
  lastEventId(): string;
}

/**
 * The parser of `eventsource-parser` behind what it does not do by itself: a limit on a line after which the
 * stream goes on (its own limit ends it), a limit on an event, one byte order mark and not two (it takes one off text that
 * was decoded already), and a note of bytes that are not UTF-8. The rules are those of the HTML standard, 9.2.6.
 *
 * Bytes are only looked through for line ends here and pass on as they are; memory is bounded by `EVENT_BYTES`.
 */
export function createEventDecoder(options: EventDecoderOptions): EventDecoder {
  let lastEventId = options.lastEventId;
  const parser = createParser({
    onId(id) {
      lastEventId = id;
    },
    onEvent({ event, data }) {
      options.onMessage({ event: event ?? 'message', data, lastEventId });
    },
  });
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let atStart = true;
  const noteBadBytes = createBadBytesNote(options.onRejected);
  startParser();

  /** Bytes of the line and of the event that are under way. */
  let lineBytes = 0;
  let eventBytes = 0;
  /** Comments are no part of an event: keep-alives without a blank line between them must not fill one up. */
  let isComment = false;
  /** The first bytes of a line that began in an earlier chunk, for the sample. */
  let lineHead = Buffer.alloc(0);
  let afterCr = false;
  /** An event over a limit is thrown away up to its blank line: what is left of it would look whole. */
  let discarding = false;

  /** An empty line keeps the parser from taking off a byte order mark of its own: that is done in `pass`. */
  function startParser(): void {
    parser.reset();
    parser.feed('\n');
  }

  function pass(chunk: Buffer, from: number, to: number): void {
    if (discarding || from >= to) return;
    const bytes = chunk.subarray(from, to);
    let text = decoder.decode(bytes, { stream: true });
    noteBadBytes(bytes, text);
    if (text === '') return;
    if (atStart && text.startsWith('\uFEFF')) text = text.slice(1);
    atStart = false;
    parser.feed(text);
  }

  function discard(reason: string, chunk: Buffer, from: number, to: number): void {
    discarding = true;
    const raw = Buffer.concat([lineHead, chunk.subarray(from, Math.min(to, from + SAMPLE_BYTES))]);
    options.onRejected({ reason, raw: raw.toString('utf8'), lost: true });
    // What is left of a character that the cut ran through.
    decoder.decode();
    startParser();
  }

  return {
    feed(chunk) {
      /** Where what was not passed on yet begins, and where the line under way begins in this chunk. */
      let unpassed = 0;
      let lineStart = 0;
      if (afterCr && chunk.length > 0) {
        afterCr = false;
        if (chunk[0] === LF) lineStart = 1;
      }
      while (lineStart < chunk.length) {
        const end = lineEnd(chunk, lineStart);
        const complete = end < chunk.length;
        if (lineBytes === 0) isComment = chunk[lineStart] === COLON;
        lineBytes += end - lineStart;
        if (!isComment) eventBytes += end - lineStart;
        if (!discarding && (lineBytes > LINE_BYTES || eventBytes > EVENT_BYTES)) {
          pass(chunk, unpassed, lineStart);
          const what = lineBytes > LINE_BYTES ? 'a line of more than 1 MB' : 'an event of more than 4 MB';
          discard(what, chunk, lineStart, end);
        }
        if (!complete) {
          if (lineHead.length < SAMPLE_BYTES)
            lineHead = Buffer.concat([lineHead, chunk.subarray(lineStart, lineStart + SAMPLE_BYTES)]);
          break;
        }
        let next = end + 1;
        if (chunk[end] === CR) {
          if (next === chunk.length) afterCr = true;
          else if (chunk[next] === LF) next += 1;
        }
        if (lineBytes === 0) {
          eventBytes = 0;
          if (discarding) {
            discarding = false;
            unpassed = next;
          }
        }
        lineBytes = 0;
        if (lineHead.length > 0) lineHead = Buffer.alloc(0);
        lineStart = next;
      }
      pass(chunk, unpassed, chunk.length);
    },
    lastEventId: () => lastEventId,
  };
}

/** The index of the next CR or LF, or the length when there is none. */
function lineEnd(chunk: Buffer, from: number): number {
  const lf = chunk.indexOf(LF, from);
  const cr = chunk.subarray(from, lf === -1 ? chunk.length : lf).indexOf(CR);
  if (cr !== -1) return from + cr;
  return lf === -1 ? chunk.length : lf;
}

/**
 * Tells when the decoder had to put U+FFFD in place of bytes that are not UTF-8, and not when the server sent that
 * character itself. Costs nothing as long as the text has none.
 */
function createBadBytesNote(
  onRejected: EventDecoderOptions['onRejected'],
): (bytes: Buffer, text: string) => void {
  /** A character sent as three bytes may have begun in the bytes before. */
  let before = Buffer.alloc(0);
  return (bytes, text) => {
    if (text.includes('\uFFFD')) {
      const sent = Buffer.concat([before, bytes]);
      if (count(text, '\uFFFD') > count(sent.toString('latin1'), '\u00EF\u00BF\u00BD')) {
        const at = text.indexOf('\uFFFD');
        const raw = text.slice(Math.max(0, at - 200), at + SAMPLE_BYTES);
        onRejected({ reason: 'bytes that are not UTF-8', raw, lost: false });
      }
    }
    before =
      bytes.length >= 2 ? Buffer.from(bytes.subarray(-2)) : Buffer.concat([before, bytes]).subarray(-2);
  };
}

const count = (text: string, part: string): number => text.split(part).length - 1;
