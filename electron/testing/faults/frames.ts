/** Cuts what a server sends over a WebSocket into frames, whole, with their heads. */
export function createFrameCutter(): { push(bytes: Buffer): Frame[] } {
  let rest = Buffer.alloc(0);
  return {
    push(bytes) {
      rest = Buffer.concat([rest, bytes]);
      const frames: Frame[] = [];
      for (let size = sizeOf(rest); size !== null && rest.length >= size; size = sizeOf(rest)) {
        const first = rest[0] ?? 0;
        frames.push({ bytes: rest.subarray(0, size), isText: (first & 0x0f) === 1 && (first & 0x80) !== 0 });
        rest = rest.subarray(size);
      }
      return frames;
    },
  };
}

export interface Frame {
  bytes: Buffer;
  /** A whole text, which may be repeated and overtaken; what controls the connection may not. */
  isText: boolean;
}

/** Of the first frame, as far as its head is there. Servers do not mask (RFC 6455, 5.1). */
function sizeOf(bytes: Buffer): number | null {
  const short = bytes[1];
  if (short === undefined) return null;
  const length = short & 0x7f;
  if (length < 126) return 2 + length;
  if (length === 126) return bytes.length < 4 ? null : 4 + bytes.readUInt16BE(2);
  return bytes.length < 10 ? null : 10 + Number(bytes.readBigUInt64BE(2));
}

/** A text as one frame of a server. */
export function textFrame(text: string): Buffer {
  const body = Buffer.from(text);
  const head =
    body.length < 126
      ? Buffer.from([0x81, body.length])
      : Buffer.from([0x81, 126, body.length >> 8, body.length & 0xff]);
  return Buffer.concat([head, body]);
}

/** Cuts an event stream at its empty lines. */
export function createEventCutter(): { push(bytes: Buffer): Buffer[] } {
  let rest = Buffer.alloc(0);
  return {
    push(bytes) {
      rest = Buffer.concat([rest, bytes]);
      const events: Buffer[] = [];
      for (let end = endOfEvent(rest); end !== -1; end = endOfEvent(rest)) {
        events.push(rest.subarray(0, end));
        rest = rest.subarray(end);
      }
      return events;
    },
  };
}

function endOfEvent(bytes: Buffer): number {
  const ends = ['\n\n', '\r\n\r\n'].flatMap((mark) => {
    const at = bytes.indexOf(mark);
    return at === -1 ? [] : [at + mark.length];
  });
  return ends.length === 0 ? -1 : Math.min(...ends);
}
