import { beforeEach, describe, expect, it } from 'vitest';

import type { Transport, TransportEvents } from '../../connections/port.ts';
import type { ManualClock } from '../../lib/clock.ts';
import { createManualClock } from '../../lib/clock.ts';
import { askWhereHeldBack } from './held-back-stream.ts';

let clock: ManualClock;
let streams: (TransportEvents & { isClosed: boolean })[];
let questions: (TransportEvents & { isClosed: boolean })[];
let told: string[];
let heldBack: number;
let through: number;
let transport: Transport;

/** A transport that the test plays itself. */
const played =
  (all: (TransportEvents & { isClosed: boolean })[]): Transport =>
  (events) => {
    const one = { ...events, isClosed: false };
    all.push(one);
    return () => (one.isClosed = true);
  };

beforeEach(() => {
  clock = createManualClock();
  streams = [];
  questions = [];
  told = [];
  heldBack = 0;
  through = 0;
  transport = askWhereHeldBack({
    stream: played(streams),
    asking: played(questions),
    clock,
    onHeldBack: () => (heldBack += 1),
    onThrough: () => (through += 1),
  });
});

function open(): () => void {
  return transport({
    opened: () => told.push('opened'),
    activity: () => told.push('activity'),
    message: (text) => told.push(text),
    rejected: ({ reason }) => told.push(reason),
    closed: ({ message }) => told.push(message),
  });
}
const noAnswer = { code: 'timeout', message: 'No answer.' } as const;

/** Two attempts that take the connection and bring nothing. */
async function holdBack(): Promise<() => void> {
  open();
  streams.at(-1)?.closed(noAnswer);
  const close = open();
  streams.at(-1)?.opened();
  await clock.advance(65_000);
  close();
  return open();
}

describe('a stream that is held back', () => {
  it('is listened to as it is, as long as it brings something', () => {
    for (let attempt = 0; attempt < 5; attempt += 1) {
      const close = open();
      streams.at(-1)?.opened();
      streams.at(-1)?.message('hello');
      streams.at(-1)?.closed({ code: 'closed', message: 'Over.' });
      close();
    }
    expect([questions.length, through]).toEqual([0, 1]);
    expect(told.slice(0, 3)).toEqual(['opened', 'hello', 'Over.']);
  });

  it('D1 is asked instead after the second time, and says so once it answers', async () => {
    await holdBack();
    expect([streams.length, questions.length, heldBack]).toEqual([2, 1, 0]);
    questions[0]?.opened();
    questions[0]?.message('asked');
    expect(heldBack).toBe(1);
    expect(told.slice(-2)).toEqual(['opened', 'asked']);
  });

  it('is tried all the while, and listened to again with the first thing that it brings', async () => {
    await holdBack();
    questions[0]?.opened();
    expect(streams).toHaveLength(3);
    streams[2]?.opened();
    streams[2]?.closed({ code: 'closed', message: 'The proxy ended it.' });
    await clock.advance(60_000);
    expect(streams).toHaveLength(4);
    streams[3]?.activity();
    expect(told.at(-1)).toBe('Live events come through again.');
    expect([streams[3]?.isClosed, questions[0]?.isClosed]).toEqual([true, true]);
    open();
    expect([streams.length, questions.length]).toEqual([5, 1]);
    expect(clock.pending()).toBe(0);
  });

  it('is said to be so once while it is, and anew when it comes back after it had cleared', async () => {
    const holdAgain = async (): Promise<void> => {
      await holdBack();
      questions.at(-1)?.opened();
    };
    await holdAgain();
    questions.at(-1)?.closed({ code: 'closed', message: 'Restarted.' });
    await holdAgain();
    expect([heldBack, through]).toEqual([1, 0]);
    streams.at(-1)?.activity();
    open();
    streams.at(-1)?.message('hello');
    expect([heldBack, through]).toEqual([1, 1]);
    await holdAgain();
    expect([heldBack, through]).toEqual([2, 1]);
  });

  it('whose server does not answer either is no proxy’s fault: the stream is opened next', async () => {
    await holdBack();
    questions[0]?.closed(noAnswer);
    expect(heldBack).toBe(0);
    open();
    expect([streams.length, questions.length]).toEqual([3, 1]);
  });

  it('a server that refuses or breaks off is not asked instead', () => {
    for (const code of ['refused', 'closed', 'server-error', 'refused'] as const) {
      open();
      streams.at(-1)?.closed({ code, message: 'No.' });
    }
    expect(questions).toEqual([]);
  });

  it('leaves nothing behind when it is closed', async () => {
    const close = await holdBack();
    questions[0]?.opened();
    streams[2]?.closed(noAnswer);
    close();
    expect([clock.pending(), questions[0]?.isClosed]).toEqual([0, true]);
  });
});
