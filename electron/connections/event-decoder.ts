import { isAscii } from 'node:buffer';

import { createHeldLine } from './held-line.ts';
import type { SseMessage } from './port.ts';

const LINE_BYTES = 1024 * 1024;
const EVENT_BYTES = 4 * 1024 * 1024;
/** A line or an event that has not ended after this has no end. */
const ENDLESS_BYTES = 16 * 1024 * 1024;
const SAMPLE_BYTES = 4_000;
/** What is turned into text at once; a socket hands on no more either. */
const PIECE_BYTES = 64 * 1024;
const LF = 10;
const SPACE = 32;
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
  /** Answers whether a line ended in this chunk; bytes of one that never ends are no sign of life. */
  feed(chunk: Buffer): boolean;
  /** What comes has no end that is worth waiting for, and will not be an event. */
  isEndless(): boolean;
  lastEventId(): string;
}

/**
 * The rules of the HTML standard, 9.2.6, with a limit on a line and on an event after which the stream goes on, and a note of
 * bytes that are not UTF-8. `retry` is left alone. Memory is bounded by `EVENT_BYTES`.
 *
 * Lines are found in the chunk as Latin-1, where a place in the text is a place in the bytes and a line end is never a part of
 * another character. Where all of it is ASCII that is the text already; otherwise each line is decoded by itself.
 */
export function createEventDecoder({ onMessage, onRejected, ...options }: EventDecoderOptions): EventDecoder {
  let lastEventId = options.lastEventId;
  let isFirstLine = true;
  let afterCr = false;
  /** The line under way, as far as it came in earlier chunks. */
  const held = createHeldLine();
  let lineBytes = 0;
  let eventBytes = 0;
  /** Comments are no part of an event: keep-alives without a blank line between them must not fill one up. */
  let isComment = false;
  let linesEnded = 0;
  /** An event over a limit is thrown away up to its blank line: what is left of it would look whole. */
  let discarding = false;
  let name = '';
  let data: string | null = null;
  let id: string | null = null;

  function forgetEvent(): void {
    name = '';
    data = null;
    id = null;
  }

  function dispatch(): void {
    if (id !== null) lastEventId = id;
    const message = data === null ? null : { event: name === '' ? 'message' : name, data, lastEventId };
    forgetEvent();
    if (message !== null) onMessage(message);
  }

  function takeField(field: string, value: string): void {
    if (field === 'data') data = data === null ? value : `${data}\n${value}`;
    else if (field === 'event') name = value;
    else if (field === 'id' && !value.includes('\0')) id = value;
  }

  function takeText(line: string): void {
    const colon = line.indexOf(':');
    if (colon === -1) takeField(line, '');
    else
      takeField(
        line.slice(0, colon),
        line.slice(line.charCodeAt(colon + 1) === SPACE ? colon + 2 : colon + 1),
      );
  }

  function takeBytes(line: Buffer): void {
    const text = line.toString('utf8');
    if (hasBadBytes(line, text)) {
      const at = text.indexOf('\uFFFD');
      const raw = text.slice(Math.max(0, at - 200), at + SAMPLE_BYTES);
      onRejected({ reason: 'bytes that are not UTF-8', raw, lost: false });
    }
    takeText(isFirstLine && text.startsWith('\uFEFF') ? text.slice(1) : text);
  }

  function discard(rest: Buffer): void {
    discarding = true;
    forgetEvent();
    const reason = lineBytes > LINE_BYTES ? 'a line of more than 1 MB' : 'an event of more than 4 MB';
    const raw = Buffer.concat([held.bytes().subarray(0, SAMPLE_BYTES), rest.subarray(0, SAMPLE_BYTES)]);
    onRejected({ reason, raw: raw.toString('utf8'), lost: true });
    held.clear();
  }

  function feedPiece(chunk: Buffer): void {
    const text = chunk.toString('latin1');
    const isText = isAscii(chunk);
    let from = 0;
    if (afterCr && chunk.length > 0) {
      afterCr = false;
      if (chunk[0] === LF) from = 1;
    }
    let lf = -2;
    let cr = -2;
    while (from < text.length) {
      lf = nextOf(text, '\n', lf, from);
      cr = nextOf(text, '\r', cr, from);
      const end = cr === -1 || (lf !== -1 && lf < cr) ? lf : cr;
      const to = end === -1 ? text.length : end;
      const isWhole = lineBytes === 0 && end !== -1;
      if (lineBytes === 0) isComment = text.charCodeAt(from) === COLON;
      lineBytes += to - from;
      if (!isComment) eventBytes += to - from;
      if (!discarding && (lineBytes > LINE_BYTES || eventBytes > EVENT_BYTES))
        discard(chunk.subarray(from, to));
      if (!discarding && !isWhole) held.add(chunk.subarray(from, to));
      if (end === -1) return;
      if (lineBytes === 0) {
        if (!discarding) dispatch();
        discarding = false;
        eventBytes = 0;
      } else if (!discarding) {
        if (!isWhole) takeBytes(held.bytes());
        else if (isText) takeText(text.slice(from, to));
        else takeBytes(chunk.subarray(from, to));
      }
      isFirstLine = false;
      linesEnded += 1;
      lineBytes = 0;
      held.clear();
      from = end + 1;
      if (end !== cr) continue;
      if (from === text.length) afterCr = true;
      else if (text.charCodeAt(from) === LF) from += 1;
    }
  }

  return {
    feed(chunk) {
      const before = linesEnded;
      for (let from = 0; from < chunk.length; from += PIECE_BYTES)
        feedPiece(chunk.subarray(from, from + PIECE_BYTES));
      return linesEnded > before;
    },
    isEndless: () => Math.max(lineBytes, eventBytes) > ENDLESS_BYTES,
    lastEventId: () => lastEventId,
  };
}

/** The place of the next such mark from `from` on, where `known` was the one before; -1 when there is none, as long as it was none. */
const nextOf = (text: string, mark: string, known: number, from: number): number =>
  known === -1 || known >= from ? known : text.indexOf(mark, from);

/** True where U+FFFD stands for bytes that are not UTF-8, and not where the server sent that character itself. */
const hasBadBytes = (bytes: Buffer, text: string): boolean =>
  text.includes('\uFFFD') && count(text, '\uFFFD') > count(bytes.toString('latin1'), '\u00EF\u00BF\u00BD');

const count = (text: string, part: string): number => text.split(part).length - 1;
