import { afterEach, describe, expect, it } from 'vitest';
import type { WebSocket } from 'ws';

import { isLinkStale } from '#shared/domain/derive.ts';
import type { LinkStatus } from '#shared/domain/backends/link.ts';
import { SECOND_MS } from '#shared/time.ts';

import type { FaultSockets } from '../../connections/testing/fault-sockets.ts';
import { startFaultSockets } from '../../connections/testing/fault-sockets.ts';
import type { Backend } from '../port.ts';
import { marketHub } from './kind.ts';
import type { Harness } from './testing/harness.ts';
import { createHarness } from './testing/harness.ts';
import { recordedFrames } from './testing/recordings.ts';
import type { StubHub, StubHubOptions } from './testing/stub-hub.ts';
import { PONG, startStubHub, WELCOME } from './testing/stub-hub.ts';

let closing: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const close of closing.reverse()) await close();
  closing = [];
});

function connect(address: string): Harness & { backend: Backend } {
  const harness = createHarness(address);
  const backend = marketHub.create(harness.context);
  closing.push(() => backend.dispose());
  backend.start();
  return { ...harness, backend };
}

async function start(options: StubHubOptions = {}): Promise<StubHub & ReturnType<typeof connect>> {
  const hub = await startStubHub(options);
  closing.push(hub.close);
  return { ...hub, ...connect(hub.address) };
}

async function startFaults(): Promise<FaultSockets> {
  const server = await startFaultSockets();
  closing.push(() => server.close());
  return server;
}

const price = (symbol: string, figure: number) => ({ type: 'price_update', data: { symbol, price: figure } });
const PORTFOLIO = { type: 'portfolio_update', data: { total_value: 10, balances: { ETH: 1 } } };

/** The next status from now on that fits. */
function next(harness: Harness, fits: (status: LinkStatus) => boolean): Promise<LinkStatus> {
  const past = new Set(harness.of('link-status'));
  return harness
    .event('link-status', (event) => !past.has(event) && fits(event.status))
    .then(({ status }) => status);
}

const inState = (harness: Harness, kind: LinkStatus['state']['kind']) =>
  next(harness, ({ state }) => state.kind === kind);

const containing = (part: string): unknown => expect.stringContaining(part);

const live = (harness: Harness) => harness.event('link-status', ({ status }) => status.state.kind === 'live');

async function retry(harness: Harness, status: LinkStatus): Promise<void> {
  if (status.state.kind !== 'waiting') throw new Error('not waiting');
  await harness.clock.advance(status.state.nextAttemptAtMs - harness.clock.now());
}

/** Moves the clock on, step by step, until it is so: sockets answer in real time and counters are told at a pace. */
async function advanceUntil(harness: Harness, isSo: () => boolean, stepMs = SECOND_MS): Promise<void> {
  const step = async (): Promise<boolean> => {
    await harness.clock.advance(stepMs);
    return isSo();
  };
  await expect.poll(step).toBe(true);
}

const latest = (harness: Harness): LinkStatus => harness.of('link-status').at(-1)!.status;

describe('a hub over a real socket', () => {
  it('takes every recorded frame without a rejection', async () => {
    const hub = await start();
    await live(hub);
    for (const frame of recordedFrames(2)) hub.tell(frame);
    hub.tell(price('LAST', 1));
    await hub.event('feed', ({ entries }) => entries.some(({ id }) => id === 'LAST'));
    await hub.clock.advance(SECOND_MS);
    expect(latest(hub)).toMatchObject({ rejected: 0, state: { kind: 'live' } });
    expect([hub.quotes().length, hub.of('portfolio').length]).toEqual([11, 10]);
  });

  it('6. and 7. subscribes to nothing and sends nothing but JSON objects', async () => {
    const hub = await start();
    await live(hub);
    for (let asked = 1; asked <= 3; asked += 1) {
      await hub.clock.advance(30 * SECOND_MS);
      await hub.heard.count(asked);
      hub.tell(price('ETH', asked));
      await hub.event('feed', ({ entries }) =>
        entries.some((entry) => 'price' in entry && entry.price === String(asked)),
      );
    }
    expect(new Set(hub.heard.all)).toEqual(new Set(['{"type":"ping"}']));
    expect(hub.connections()).toBe(1);
  });

  it('D1 is opened again when a ping is not answered, though broadcast heartbeats come', async () => {
    const hub = await start({ answersPings: false });
    await live(hub);
    await hub.clock.advance(30 * SECOND_MS);
    await hub.heard.count(1);
    const lost = inState(hub, 'waiting');
    hub.tell({ type: 'heartbeat', data: { message: 'Server alive', clients: 1 } });
    hub.tell(price('ETH', 1));
    await hub.event('feed');
    await hub.clock.advance(10 * SECOND_MS);
    expect(await lost).toMatchObject({ state: { cause: { code: 'silent' } } });
  });

  it('D4 heartbeats keep the link and leave the age of data as it is', async () => {
    const hub = await start();
    await live(hub);
    hub.tell(price('ETH', 1));
    await advanceUntil(hub, () => latest(hub).dataAtMs !== null);
    const { dataAtMs, received } = latest(hub);
    hub.tell(PONG);
    await advanceUntil(hub, () => latest(hub).received > received);
    expect(latest(hub)).toMatchObject({ dataAtMs, state: { kind: 'live' } });
  });

  it('D3 no replay: after a re-connection the figures are stale until new ones come', async () => {
    const hub = await start();
    const isStale = () => isLinkStale(latest(hub), hub.clock.now());
    await live(hub);
    expect(isStale()).toBe(true);
    hub.tell(price('ETH', 1));
    hub.tell(PORTFOLIO);
    await hub.event('portfolio');
    await hub.clock.advance(SECOND_MS);
    expect(isStale()).toBe(false);

    const lost = inState(hub, 'waiting');
    hub.drop(1001);
    const back = inState(hub, 'live');
    await retry(hub, await lost);
    expect(await back).toMatchObject({ dataAtMs: null, reconnections: 1 });
    expect(isStale()).toBe(true);

    // The account's figures are older than the connection, however fresh the prices are.
    hub.tell(price('ETH', 2));
    await hub.event('feed', ({ entries }) =>
      entries.some((entry) => 'price' in entry && entry.price === '2'),
    );
    await hub.clock.advance(SECOND_MS);
    expect(isStale()).toBe(true);
    const past = hub.of('portfolio').length;
    hub.tell(PORTFOLIO);
    await hub.event('portfolio', () => hub.of('portfolio').length > past);
    await hub.clock.advance(SECOND_MS);
    expect(isStale()).toBe(false);
  });

  it('11. a loop of 1011 right after opening backs off further each time and never counts as live', async () => {
    const hub = await start({ greet: (socket) => socket.close(1011) });
    const waits: number[] = [];
    for (let attempt = 0; attempt < 6; attempt += 1) {
      const { state } = (
        await hub.event(
          'link-status',
          ({ status }) => status.state.kind === 'waiting' && status.state.attempt === attempt + 2,
        )
      ).status;
      if (state.kind !== 'waiting') throw new Error('not waiting');
      expect(state.cause).toMatchObject({ code: 'server-error' });
      expect(state.cause.message).toContain('closed before its welcome');
      waits.push(state.nextAttemptAtMs - hub.clock.now());
      await hub.clock.advance(state.nextAttemptAtMs - hub.clock.now());
    }
    expect(waits).toEqual(waits.toSorted((a, b) => a - b));
    expect(waits.at(-1)).toBeGreaterThanOrEqual(15 * SECOND_MS);
    expect(hub.of('link-status').filter(({ status }) => status.state.kind === 'live')).toEqual([]);
  });

  it('11. an open socket without a welcome has failed after ten seconds', async () => {
    const hub = await start({ greet: () => undefined });
    await hub.paths.count(1);
    await advanceUntil(hub, () => latest(hub).state.kind === 'waiting', SECOND_MS / 10);
    const { state } = latest(hub);
    expect(state).toMatchObject({ cause: { code: 'timeout', message: containing('welcome') } });
  });

  it('what came before the welcome is kept and taken after it', async () => {
    const hub = await start({
      greet(socket) {
        socket.send(JSON.stringify(price('ETH', 7)));
        socket.send(JSON.stringify(WELCOME));
      },
    });
    await hub.event('feed');
    expect(hub.quotes()).toMatchObject([{ price: '7' }]);
    await hub.clock.advance(SECOND_MS);
    expect(isLinkStale(latest(hub), hub.clock.now())).toBe(false);
  });

  it('cannot be acted on, halted or asked, but for what it says of itself', async () => {
    const hub = await start();
    await live(hub);
    const { panic, chat, acting } = hub.backend;
    expect([panic, chat]).toEqual([null, null]);
    expect(marketHub.descriptor.panic).toMatchObject({ supported: false, does: [] });
    await expect(acting.perform('sell', {}, { requestId: 'r', origin: 'window' })).rejects.toThrow('no act');
    const { signal } = new AbortController();
    await expect(hub.backend.read('else', {}, signal)).rejects.toThrow('else');
    expect(await hub.backend.read('about', {}, signal)).toMatchObject({ status: 'connected' });
  });

  it('emits nothing more once disposed', async () => {
    const hub = await start();
    await live(hub);
    hub.backend.dispose();
    const count = hub.events.all.length;
    hub.tell(price('ETH', 1));
    await hub.clock.advance(60 * SECOND_MS);
    expect(hub.events.all.length).toBe(count);
    expect(hub.clock.pending()).toBe(0);
  });
});

describe('D5 a hub that goes wrong', () => {
  it.each([
    ['/1011-at-once', 'server-error'],
    ['/1001', 'closed'],
    ['/1006', 'closed'],
    ['/404', 'bad-answer'],
    ['/426', 'bad-answer'],
    ['/503', 'server-error'],
    ['/200', 'bad-answer'],
    ['/bad-accept', 'bad-answer'],
    ['/not-http', 'bad-answer'],
    ['/redirect-elsewhere', 'bad-answer'],
  ])('%s is lost as %s and tried again', async (path, code) => {
    const server = await startFaults();
    const desk = connect(`${server.address.replace('http', 'ws')}${path}`);
    const lost = await desk.event('link-status', ({ status }) => status.state.kind === 'waiting');
    expect(lost.status.state).toMatchObject({ cause: { code } });
    expect(server.requestsElsewhere).toEqual([]);
  });

  it('binary, oversized and unreadable frames are counted and skipped, and what follows is taken', async () => {
    const sockets: WebSocket[] = [];
    const desk = await start({
      greet(socket) {
        sockets.push(socket);
        socket.send(JSON.stringify(WELCOME));
      },
    });
    await live(desk);
    const [socket] = sockets;
    socket?.send(JSON.stringify(price('BINARY', 1)), { binary: true });
    socket?.send(JSON.stringify({ ...price('HUGE', 1), padding: 'x'.repeat(2 * 1024 * 1024) }));
    socket?.send(new Uint8Array([0x22, 0xff, 0xfe, 0x22]), { binary: false });
    socket?.send(JSON.stringify(price('ETH', 2)));
    await desk.event('feed');
    expect(desk.quotes().map(({ id }) => id)).toEqual(['ETH']);
    await desk.clock.advance(SECOND_MS);
    const { status } = desk.of('link-status').at(-1) ?? {};
    expect(status).toMatchObject({ state: { kind: 'live' }, rejected: 3, reconnections: 0 });
    expect(status?.rejectedSamples.map(({ reason }) => reason)).toEqual([
      'a binary message',
      'a message of more than 1 MB',
      'bytes that are not UTF-8',
    ]);
  });

  it('a peer that is half open is found by the ping that it does not answer', async () => {
    const server = await startFaults();
    const desk = connect(`${server.address.replace('http', 'ws')}/half-open`);
    await live(desk);
    const lost = inState(desk, 'waiting');
    await desk.clock.advance(40 * SECOND_MS);
    expect(await lost).toMatchObject({ state: { cause: { code: 'silent' } } });
  });
});

describe('the connection test', () => {
  type Step = [name: string, outcome: string, detail: string];

  /** `ready`: when the clock may begin to move; before that only the server keeps the test waiting. */
  const walk = async (address: string, ready?: Promise<unknown>): Promise<Step[]> => {
    const harness = createHarness(address);
    const steps = marketHub.test(harness.context);
    if (ready !== undefined) {
      let done = false;
      void steps.then(() => (done = true));
      await ready;
      await advanceUntil(harness, () => done, SECOND_MS / 10);
    }
    const walked = await steps;
    expect(harness.clock.pending()).toBe(0);
    return walked.map(({ name, outcome, detail }) => [name, outcome, detail]);
  };

  it('passes by a hub that publishes, and by one that is quiet', async () => {
    const publishing = await startStubHub({
      greet(socket) {
        socket.send(JSON.stringify(WELCOME));
        socket.send(JSON.stringify(price('ETH', 1)));
      },
    });
    closing.push(publishing.close);
    const quiet = await startStubHub();
    closing.push(quiet.close);
    expect((await walk(publishing.address)).at(-1)).toEqual([
      'First message',
      'passed',
      'The first message was of the kind price_update.',
    ]);
    const steps = await walk(quiet.address, quiet.heard.count(1));
    expect(steps.map(([, outcome]) => outcome)).toEqual(['passed', 'passed', 'passed', 'passed']);
    expect(steps.at(-1)?.[2]).toContain('published nothing');
  });

  it('names the step that fails and skips what follows', async () => {
    const mute = await startStubHub({ greet: () => undefined });
    closing.push(mute.close);
    expect((await walk(mute.address, mute.heard.count(1))).map(([name, outcome]) => [name, outcome])).toEqual(
      [
        ['Name', 'passed'],
        ['Connection', 'passed'],
        ['Welcome', 'failed'],
        ['First message', 'skipped'],
      ],
    );
    const server = await startFaults();
    expect((await walk(`${server.address.replace('http', 'ws')}/404`)).map(([, outcome]) => outcome)).toEqual(
      ['passed', 'failed', 'skipped', 'skipped'],
    );
    expect((await walk('ws://no-such-name.invalid:8765'))[0]?.slice(0, 2)).toEqual(['Name', 'failed']);
  });
});
