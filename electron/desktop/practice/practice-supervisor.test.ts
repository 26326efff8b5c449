import { describe, expect, it } from 'vitest';

import { createManualClock } from '../../lib/clock.ts';
import { silentLogger } from '../../lib/logger.ts';
import type { PracticeOptions, PracticeReady } from '../../practice/port.ts';
import { startPracticeSupervisor } from './practice-supervisor.ts';

/** Processes are scripted here: what is tested is when the next one starts. The real process runs in the end-to-end tests. */
describe('the supervisor of the practice desk', () => {
  it('reports the addresses when they are there', () => {
    const { children, readied } = start();
    children[0]?.say(ready(4_001));
    expect(readied.map(({ backends }) => backends[0]?.address)).toEqual(['http://127.0.0.1:4001']);
  });

  it('starts a process that ended again on the ports that it had, and says so', async () => {
    const { children, clock, lost, readied } = start();
    children[0]?.say(ready(4_001));
    children[0]?.exit(9);
    expect(lost).toEqual([
      'The practice desk stopped (its process ended with code 9). It is being started again.',
    ]);
    await clock.advance(500);
    expect(children).toHaveLength(2);
    expect(children[1]?.given?.ports).toEqual({ coinruler: 4_001, 'market-hub': 4_002 });
    children[1]?.say(ready(4_001));
    expect(readied).toHaveLength(2);
  });

  it('waits longer each time, up to half a minute, and never gives up', async () => {
    const { children, clock } = start();
    const starts: number[] = [];
    for (let attempt = 0; attempt < 12; attempt += 1) {
      const before = clock.now();
      children.at(-1)?.exit(1);
      while (children.length < attempt + 2) await clock.advance(100);
      starts.push(clock.now() - before);
    }
    expect(starts.slice(0, 3)).toEqual([500, 1_000, 2_000]);
    expect(starts.at(-1)).toBe(30_000);
  });

  it('takes new ports when the old ones cannot be had', async () => {
    const { children, clock } = start();
    children[0]?.say(ready(4_001));
    for (let attempt = 0; attempt < 3; attempt += 1) {
      children.at(-1)?.say({ kind: 'failed', message: 'the port is taken' });
      await clock.advance(10_000);
    }
    expect(children.map((child) => child.given?.ports.coinruler)).toEqual([
      undefined,
      4_001,
      4_001,
      undefined,
    ]);
  });

  it('ends a process that does not get ready and starts another', async () => {
    const { children, clock, lost } = start();
    await clock.advance(20_000);
    expect(children[0]?.killed).toBe(true);
    expect(lost).toEqual([
      'The practice desk stopped (it did not start in time). It is being started again.',
    ]);
    await clock.advance(500);
    expect(children).toHaveLength(2);
  });

  it('counts an exit after a failure once', async () => {
    const { children, clock, lost } = start();
    children[0]?.say({ kind: 'failed', message: 'no' });
    children[0]?.exit(1);
    await clock.advance(5_000);
    expect(lost).toHaveLength(1);
    expect(children).toHaveLength(2);
  });

  it('takes no notice of messages that are none of its own', () => {
    const { children, readied } = start();
    for (const message of [null, 'ready', { kind: 'ready' }, { kind: 'ready', coinruler: { address: 7 } }])
      children[0]?.say(message);
    expect(readied).toEqual([]);
  });

  it('ends the process and starts no other when it is disposed', async () => {
    const { children, clock, stop } = start();
    children[0]?.say(ready(4_001));
    stop();
    children[0]?.exit(0);
    await clock.advance(120_000);
    expect(children).toHaveLength(1);
    expect(children[0]?.killed).toBe(true);
    expect(clock.pending()).toBe(0);
  });
});

function ready(port: number): PracticeReady {
  return {
    kind: 'ready',
    backends: [
      { kind: 'coinruler', address: `http://127.0.0.1:${port}`, secrets: { ownerId: 'owner' } },
      { kind: 'market-hub', address: `ws://127.0.0.1:${port + 1}`, secrets: {} },
    ],
    controlAddress: null,
  };
}

interface ScriptedChild {
  given: PracticeOptions | null;
  killed: boolean;
  say(message: unknown): void;
  exit(code: number): void;
}

function start() {
  const clock = createManualClock();
  const children: ScriptedChild[] = [];
  const readied: PracticeReady[] = [];
  const lost: string[] = [];
  const stop = startPracticeSupervisor({
    spawn() {
      const child: ScriptedChild = { given: null, killed: false, say: () => {}, exit: () => {} };
      children.push(child);
      return {
        send: (options) => void (child.given = options),
        onMessage: (listener) => void (child.say = listener),
        onExit: (listener) => void (child.exit = listener),
        kill: () => void (child.killed = true),
      };
    },
    options: {
      stateFile: null,
      clock: { factor: 1, originMs: 0, originRealMs: 0 },
      seed: 1,
      ports: {},
      controlPort: null,
    },
    realClock: clock,
    log: silentLogger,
    onReady: (message) => readied.push(message),
    onLost: (words) => lost.push(words),
  });
  return { children, clock, lost, readied, stop };
}
