import type { IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';

import type { Clock } from '../../lib/clock.ts';
import type { Random } from '../../practice/random.ts';
import { createFrameCutter, textFrame } from './frames.ts';
import { MARK } from './marked-requests.ts';
import type { ProxyFaults } from './proxy-faults.ts';
import { garbageFrame } from './proxy-faults.ts';
import { createStreamBender } from './stream-bender.ts';

interface SocketParts {
  /** Looked at with every frame. */
  faults: ProxyFaults;
  clock: Clock;
  random: Random;
  /** The port of the server, as it is now. */
  target: () => number;
  onActivity: () => void;
}

/** Takes a connection that asks to be a WebSocket to the server, and bends the frames that come back. */
export function passSocket(
  { faults, clock, random, target, onActivity }: SocketParts,
  request: IncomingMessage,
  client: Duplex,
  head: Buffer,
): void {
  onActivity();
  client.on('error', () => undefined);
  if (faults.blackhole) {
    client.on('data', () => undefined);
    return;
  }
  const onward = connect(target(), '127.0.0.1');
  const lines = [`${request.method} ${request.url} HTTP/1.1`];
  for (let index = 0; index + 1 < request.rawHeaders.length; index += 2) {
    const name = request.rawHeaders[index] ?? '';
    if (name.toLowerCase() !== MARK) lines.push(`${name}: ${request.rawHeaders[index + 1]}`);
  }
  onward.write(`${lines.join('\r\n')}\r\n\r\n`);
  onward.write(head);
  onward.on('error', () => client.destroy());
  const cutter = createFrameCutter();
  const isSocketIo = request.url?.includes('/socket.io') === true;
  const bender = createStreamBender({
    faults: () => faults,
    clock,
    random,
    garbage: () => textFrame(garbageFrame(random, isSocketIo)),
    write(bytes) {
      onActivity();
      client.write(bytes);
    },
  });
  let answer = Buffer.alloc(0);
  let isOpen = false;
  onward.on('data', (chunk: Buffer) => {
    onActivity();
    let frames = chunk;
    if (!isOpen) {
      answer = Buffer.concat([answer, chunk]);
      const end = answer.indexOf('\r\n\r\n');
      if (end === -1) return;
      isOpen = true;
      client.write(answer.subarray(0, end + 4));
      frames = answer.subarray(end + 4);
    }
    // The engine's own packets (ping, upgrade) keep their place; events alone are bent.
    for (const frame of cutter.push(frames))
      bender.push(frame.bytes, frame.isText && (!isSocketIo || isEvent(frame.bytes)));
  });
  client.on('data', (chunk: Buffer) => {
    onActivity();
    if (!faults.blackhole) onward.write(chunk);
  });
  onward.on('close', () => {
    onActivity();
    bender.end();
    if (!faults.blackhole && !faults.mute) client.destroy();
  });
  client.on('close', () => {
    onActivity();
    bender.end();
    onward.destroy();
  });
}

/** Of Socket.IO: a message with an event in it (`42[…]`). */
function isEvent(frame: Buffer): boolean {
  const short = (frame[1] ?? 0) & 0x7f;
  const at = short < 126 ? 2 : short === 126 ? 4 : 10;
  return frame.subarray(at, at + 2).toString() === '42';
}
