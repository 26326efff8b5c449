import { describe, expect, it } from 'vitest';

import type { LinkStatus } from '#shared/domain/link.ts';

import { createManualClock } from '../lib/clock.ts';
import { silentLogger } from '../lib/logger.ts';
import { HttpFailure } from './port.ts';
import type { LinkOptions, MessageVerdict, TransportEvents } from './port.ts';
import { superviseLink } from './supervisor.ts';

const SILENCE_MS = 65_000;

/** A link over a transport that the test plays itself; chance is left out, so that waits are the shortest possible. */
function start(overrides: Partial<LinkOptions> = {}) {
  const clock = createManualClock();
  const attempts: { events: TransportEvents; disposed: boolean }[] = [];
  const statuses: LinkStatus[] = [];
  const messages: string[] = [];
  let snapshots = 0;
  const link = superviseLink(
    {
      backendId: 'bot',
      linkId: 'live',
      label: 'Live events',
      transport(events) {
        const attempt = { events, disposed: false };
        attempts.push(attempt);
        return () => (attempt.disposed = true);
      },
      silenceMs: SILENCE_MS,
      staleAfterMs: 90_000,
      async onOpened() {
        snapshots += 1;
      },
      onMessage(text): MessageVerdict {
        messages.push(text);
        return { kind: 'data' };
      },
      onStatus: (status) => statuses.push(status),
      ...overrides,
    },
    { clock, log: silentLogger, random: () => 0 },
  );
  const latest = () => {
    const attempt = attempts.at(-1);
    if (attempt === undefined) throw new Error('no attempt yet');
    return attempt;
  };
  return {
    clock,
    link,
    attempts,
    statuses,
    messages,
    latest,
    snapshots: () => snapshots,
    kinds: () =>
      statuses.map(({ state }) => state.kind).filter((kind, index, all) => kind !== all[index - 1]),
    state: () => link.status().state,
    settle: () => clock.advance(0),
    async goLive() {
      await clock.advance(0);
      latest().events.opened();
      await clock.advance(0);
    },
    async fail() {
      latest().events.closed({ code: 'closed', message: 'The server closed it.' });
      await clock.advance(0);
    },
  };
}

/** Lets attempt after attempt fail at once and answers the waits between them. */
async function waitsOf(
  desk: ReturnType<typeof start>,
  count: number,
  before: () => Promise<void>,
): Promise<number[]> {
  const waits: number[] = [];
  for (let index = 0; index < count; index += 1) {
    await before();
    await desk.fail();
    const state = desk.state();
    if (state.kind !== 'waiting') throw new Error(`unexpected ${state.kind}`);
    waits.push(state.nextAttemptAtMs - desk.clock.now());
    await desk.clock.advance(state.nextAttemptAtMs - desk.clock.now());
  }
  return waits;
}

describe('opening', () => {
  it('calls nothing back before the caller holds the link', async () => {
    const desk = start();
    expect(desk.attempts).toHaveLength(0);
    expect(desk.statuses).toHaveLength(0);
    expect(desk.state()).toMatchObject({ kind: 'connecting', attempt: 1 });
    await desk.settle();
    expect(desk.attempts).toHaveLength(1);
  });

  it('D3 is live only after the snapshot was read', async () => {
    let finish = (): void => undefined;
    const desk = start({ onOpened: () => new Promise((resolve) => (finish = resolve)) });
    await desk.goLive();
    expect(desk.state().kind).toBe('connecting');
    finish();
    await desk.settle();
    expect(desk.state().kind).toBe('live');
    expect(desk.link.status().dataAtMs).toBe(desk.clock.now());
  });

  it('D4 is live since the connection stood, so that what its snapshot brought is not taken for older', async () => {
    let finish = (): void => undefined;
    const desk = start({ onOpened: () => new Promise((resolve) => (finish = resolve)) });
    await desk.goLive();
    const openedAtMs = desk.clock.now();
    await desk.clock.advance(2_000);
    finish();
    await desk.settle();
    expect(desk.state()).toEqual({ kind: 'live', sinceMs: openedAtMs });
    expect(desk.link.status().dataAtMs).toBe(openedAtMs + 2_000);
  });

  it('D3 loses nothing that arrives during the snapshot, keeps its order and passes it on after', async () => {
    const order: string[] = [];
    let finish = (): void => undefined;
    const desk = start({
      onOpened: () =>
        new Promise<void>((resolve) => (finish = resolve)).then(() => void order.push('snapshot')),
      onMessage(text) {
        order.push(text);
        return { kind: 'data' };
      },
    });
    await desk.settle();
    const { events } = desk.latest();
    events.message('before opened');
    events.opened();
    events.message('a');
    events.message('b');
    await desk.settle();
    expect(order).toEqual([]);
    finish();
    await desk.settle();
    events.message('c');
    expect(order).toEqual(['snapshot', 'before opened', 'a', 'b', 'c']);
  });

  it('D3 passes on what arrived even when the snapshot fails, and tries again', async () => {
    const desk = start({ onOpened: () => Promise.reject(new Error('database')) });
    await desk.settle();
    desk.latest().events.opened();
    desk.latest().events.message('an alert that comes only once');
    await desk.settle();
    expect(desk.messages).toEqual(['an alert that comes only once']);
    expect(desk.state()).toMatchObject({ kind: 'waiting', cause: { code: 'bad-answer' } });
    expect(desk.latest().disposed).toBe(true);
  });

  it('D3 reads the snapshot anew after every opening', async () => {
    const desk = start();
    await waitsOf(desk, 3, () => desk.goLive());
    await desk.goLive();
    expect(desk.snapshots()).toBe(4);
    expect(desk.link.status().reconnections).toBe(3);
  });

  it('D1 gives up a connection that never opens, and a snapshot that never ends', async () => {
    const desk = start({ onOpened: () => new Promise(() => undefined) });
    await desk.clock.advance(45_000);
    expect(desk.state()).toMatchObject({ kind: 'waiting', cause: { code: 'timeout' } });
    await desk.clock.advance(1_000);
    desk.latest().events.opened();
    await desk.clock.advance(60_000);
    expect(desk.state()).toMatchObject({ kind: 'waiting', cause: { code: 'timeout' } });
  });

  it('D7 does not hold more than it can while a snapshot hangs', async () => {
    const desk = start({ onOpened: () => new Promise(() => undefined) });
    await desk.settle();
    const { events } = desk.latest();
    events.opened();
    for (let count = 0; count < 20_001; count += 1) events.message('x');
    expect(desk.state()).toMatchObject({ kind: 'waiting', cause: { code: 'bad-answer' } });
    expect(desk.messages).toHaveLength(20_001);
  });
});

describe('silence', () => {
  it('D1 becomes stale when nothing at all arrives, then is opened again', async () => {
    const desk = start();
    await desk.goLive();
    await desk.clock.advance(SILENCE_MS - 1);
    expect(desk.state().kind).toBe('live');
    await desk.clock.advance(1);
    expect(desk.kinds()).toEqual(['connecting', 'live', 'stale', 'waiting']);
    expect(desk.state()).toMatchObject({
      cause: { code: 'silent', message: 'Nothing has arrived for 1 min.' },
    });
    expect(desk.attempts[0]?.disposed).toBe(true);
    await desk.clock.advance(1_000);
    expect(desk.attempts).toHaveLength(2);
  });

  it('D1 counts a comment as a sign of life, D4 but not as data', async () => {
    const desk = start();
    await desk.goLive();
    const liveAtMs = desk.clock.now();
    for (let count = 0; count < 10; count += 1) {
      await desk.clock.advance(30_000);
      desk.latest().events.activity();
    }
    expect(desk.state().kind).toBe('live');
    expect(desk.link.status()).toMatchObject({ dataAtMs: liveAtMs, receivedAtMs: desk.clock.now() });
  });

  it('D4 does not take a message that is only a keep-alive for data', async () => {
    const desk = start({ onMessage: () => ({ kind: 'keep-alive' }) });
    await desk.goLive();
    const liveAtMs = desk.clock.now();
    await desk.clock.advance(30_000);
    desk.latest().events.message('ping');
    expect(desk.link.status()).toMatchObject({
      dataAtMs: liveAtMs,
      receivedAtMs: desk.clock.now(),
      received: 1,
    });
  });

  it('D4 data does not stay new for as long as the clock was set back, while only keep-alives come', async () => {
    const desk = start({ onMessage: () => ({ kind: 'keep-alive' }) });
    await desk.goLive();
    desk.clock.jump(-3_600_000);
    for (let minute = 0; minute < 5; minute += 1) {
      desk.latest().events.message('ping');
      await desk.clock.advance(60_000);
    }
    const { dataAtMs, staleAfterMs, state } = desk.link.status();
    expect(state.kind).toBe('live');
    expect(desk.clock.now() - (dataAtMs ?? 0)).toBeGreaterThan(staleAfterMs);
  });

  it('D4 moves the age of data when it came by another way', async () => {
    const desk = start();
    await desk.goLive();
    await desk.clock.advance(20_000);
    desk.link.noteData();
    expect(desk.link.status().dataAtMs).toBe(desk.clock.now());
  });

  it('D1 finds silence also when the clock was set back by a day', async () => {
    const desk = start();
    await desk.goLive();
    desk.latest().events.activity();
    desk.clock.jump(-86_400_000);
    await desk.clock.advance(2 * SILENCE_MS);
    expect(desk.kinds()).toContain('stale');
  });

  it('D1 notices after a leap of the clock that nothing came meanwhile', async () => {
    const desk = start();
    await desk.goLive();
    desk.clock.jump(3_600_000);
    await desk.clock.advance(0);
    expect(desk.kinds()).toContain('stale');
  });
});

describe('opening again', () => {
  it('D2 never gives up, and waits longer each time up to the limit', async () => {
    const desk = start();
    const waits = await waitsOf(desk, 40, desk.settle);
    expect(waits.slice(0, 7)).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
    expect(waits.at(-1)).toBe(30_000);
    expect(desk.attempts).toHaveLength(41);
  });

  it('D2 keeps backing off from a server that opens, greets and closes', async () => {
    const desk = start();
    const waits = await waitsOf(desk, 6, async () => {
      await desk.goLive();
      for (let count = 0; count < 50; count += 1) desk.latest().events.message('connected');
      await desk.clock.advance(5_000);
    });
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000]);
  });

  it('D2 begins anew after it was stable', async () => {
    const desk = start();
    await waitsOf(desk, 5, desk.settle);
    await desk.goLive();
    await desk.clock.advance(30_000);
    desk.latest().events.message('still here');
    expect(await waitsOf(desk, 1, desk.settle)).toEqual([1_000]);
  });

  it('D2 does not call a link stable that went quiet the moment it was live', async () => {
    const desk = start();
    await waitsOf(desk, 3, desk.settle);
    await desk.goLive();
    await desk.clock.advance(SILENCE_MS);
    const state = desk.state();
    expect(state.kind === 'waiting' && state.nextAttemptAtMs - desk.clock.now()).toBe(8_000);
  });

  it('D2 waits as long as a server asks that refuses', async () => {
    const desk = start();
    await desk.settle();
    desk.latest().events.closed({ code: 'rate-limited', message: 'Too many.' }, 42_000);
    await desk.clock.advance(41_999);
    expect(desk.attempts).toHaveLength(1);
    await desk.clock.advance(1);
    expect(desk.attempts).toHaveLength(2);
  });

  it('D2 waits as asked when it was the snapshot that was refused', async () => {
    const desk = start({
      onOpened: () =>
        Promise.reject(new HttpFailure({ code: 'rate-limited', message: 'Too many.' }, false, 42_000)),
    });
    await desk.goLive();
    const state = desk.state();
    expect(state).toMatchObject({ kind: 'waiting', cause: { code: 'rate-limited' } });
    expect(state.kind === 'waiting' && state.nextAttemptAtMs - desk.clock.now()).toBe(42_000);
  });

  it('D2 tells when it tries next, and why it must', async () => {
    const desk = start();
    await desk.settle();
    await desk.fail();
    expect(desk.statuses.at(-1)?.state).toEqual({
      kind: 'waiting',
      sinceMs: desk.clock.now(),
      nextAttemptAtMs: desk.clock.now() + 1_000,
      attempt: 2,
      cause: { code: 'closed', message: 'The server closed it.' },
    });
  });

  it.each([
    ['the transport', start],
    ['the snapshot', () => start({ onOpened: () => Promise.reject(new HttpFailure(credentials, true)) })],
  ])('D2 stops when %s says that the credentials are wrong, until a person acts', async (_name, make) => {
    const desk = make();
    await desk.settle();
    desk.latest().events.opened();
    desk.latest().events.closed(credentials);
    await desk.clock.advance(86_400_000);
    expect(desk.attempts).toHaveLength(1);
    expect(desk.state()).toMatchObject({ kind: 'stopped', cause: credentials });
    expect(desk.clock.pending()).toBe(0);
    desk.link.reopen();
    await desk.settle();
    expect(desk.attempts).toHaveLength(2);
    expect(desk.state()).toMatchObject({ kind: 'connecting', attempt: 1 });
  });

  it('D2 opens at once after a sleep, and only once', async () => {
    const desk = start();
    await waitsOf(desk, 8, desk.settle);
    await desk.fail();
    const before = desk.attempts.length;
    desk.link.reopen();
    await desk.settle();
    expect(desk.attempts).toHaveLength(before + 1);
    await desk.fail();
    const state = desk.state();
    expect(state.kind === 'waiting' && state.nextAttemptAtMs - desk.clock.now()).toBe(1_000);
    await desk.clock.advance(999);
    expect(desk.attempts).toHaveLength(before + 1);
  });

  it('D2 replaces a live connection when it is opened again', async () => {
    const desk = start();
    await desk.goLive();
    desk.link.reopen();
    expect(desk.attempts.map(({ disposed }) => disposed)).toEqual([true, false]);
    expect(desk.state().kind).toBe('connecting');
  });

  it('D2 tries again at its time although the clock was set back', async () => {
    const desk = start();
    await desk.settle();
    await desk.fail();
    desk.clock.jump(-86_400_000);
    await desk.clock.advance(1_000);
    expect(desk.attempts).toHaveLength(2);
  });

  it('survives a transport that throws, and one that closes before it has returned', async () => {
    let count = 0;
    const desk = start({
      transport(events) {
        count += 1;
        if (count === 1) throw new Error('no');
        events.closed({ code: 'refused', message: 'No.' });
        return () => undefined;
      },
    });
    await desk.settle();
    expect(desk.state()).toMatchObject({ kind: 'waiting', cause: { code: 'bad-answer' } });
    await desk.clock.advance(1_000);
    expect(desk.state()).toMatchObject({ kind: 'waiting', cause: { code: 'refused' } });
    expect(count).toBe(2);
  });

  it('ignores whatever an earlier connection still says', async () => {
    const desk = start();
    await desk.goLive();
    const old = desk.latest().events;
    desk.link.reopen();
    await desk.goLive();
    old.message('late');
    old.rejected({ reason: 'late', raw: '' });
    old.closed({ code: 'credentials', message: 'late' });
    old.opened();
    await desk.settle();
    expect(desk.messages).toEqual([]);
    expect(desk.link.status()).toMatchObject({ rejected: 0, received: 0, state: { kind: 'live' } });
  });

  it('ignores a snapshot that ends after its connection was lost', async () => {
    let finish = (): void => undefined;
    const desk = start({ onOpened: () => new Promise((resolve) => (finish = resolve)) });
    await desk.goLive();
    await desk.fail();
    finish();
    await desk.settle();
    expect(desk.state().kind).toBe('waiting');
  });
});

describe('bad input', () => {
  it('D5 counts it, keeps a redacted sample and stays live', async () => {
    const desk = start({ onMessage: () => ({ kind: 'rejected', reason: 'not JSON' }) });
    await desk.goLive();
    desk.latest().events.message('{"token":"hunter2",');
    desk.latest().events.rejected({ reason: 'a line of more than 1 MB', raw: 'x'.repeat(5_000) });
    const status = desk.link.status();
    expect(status).toMatchObject({ rejected: 2, received: 1, state: { kind: 'live' } });
    expect(status.rejectedSamples.map(({ reason }) => reason)).toEqual([
      'not JSON',
      'a line of more than 1 MB',
    ]);
    expect(status.rejectedSamples[0]?.raw).not.toContain('hunter2');
    expect(status.rejectedSamples[1]?.raw).toHaveLength(2_000);
  });

  it('D5 keeps the newest ten, and in a flood no more than one a second', async () => {
    const desk = start({ onMessage: (text) => ({ kind: 'rejected', reason: text }) });
    await desk.goLive();
    for (let count = 0; count < 1_000; count += 1) desk.latest().events.message(`flood ${count}`);
    await desk.clock.advance(1_000);
    desk.latest().events.message('newest');
    const { rejected, rejectedSamples } = desk.link.status();
    expect(rejected).toBe(1_001);
    expect(rejectedSamples).toHaveLength(10);
    expect(rejectedSamples.at(-1)?.reason).toBe('newest');
  });

  it('D5 takes a listener that throws for a rejected message', async () => {
    const desk = start({
      onMessage(text) {
        if (text === 'bad') throw new Error('bug');
        return { kind: 'data' };
      },
    });
    await desk.goLive();
    desk.latest().events.message('bad');
    desk.latest().events.message('good');
    expect(desk.link.status()).toMatchObject({ received: 2, rejected: 1, state: { kind: 'live' } });
  });

  it('D5 is not stopped by whoever listens to its state', async () => {
    const desk = start({
      onStatus() {
        throw new Error('bug');
      },
    });
    await desk.goLive();
    expect(desk.state().kind).toBe('live');
    expect(desk.link.status().rejected).toBeGreaterThan(0);
  });

  it('S1 hides credentials in the words of a cause', async () => {
    const desk = start();
    await desk.settle();
    desk
      .latest()
      .events.closed({ code: 'closed', message: `GET /stream?token=abc123 failed ${'x'.repeat(900)}` });
    const state = desk.state();
    const message = state.kind === 'waiting' ? state.cause.message : '';
    expect(message).toContain('GET /stream?token=[hidden]');
    expect(message.length).toBeLessThanOrEqual(300);
  });
});

describe('telling', () => {
  it('D7 tells a state at once, and counters at most once a second', async () => {
    const desk = start();
    await desk.goLive();
    const before = desk.statuses.length;
    for (let count = 0; count < 10_000; count += 1) desk.latest().events.message(String(count));
    expect(desk.statuses.length - before).toBe(0);
    await desk.clock.advance(1_000);
    expect(desk.statuses.length - before).toBe(1);
    expect(desk.statuses.at(-1)?.received).toBe(10_000);
    await desk.fail();
    expect(desk.statuses.at(-1)?.state.kind).toBe('waiting');
  });

  it('keeps telling when the clock was set back', async () => {
    const desk = start();
    await desk.goLive();
    desk.clock.jump(-3_600_000);
    const before = desk.statuses.length;
    desk.latest().events.message('x');
    expect(desk.statuses.length - before).toBe(1);
  });

  it('tells a status that does not change under the reader', async () => {
    const desk = start({ onMessage: () => ({ kind: 'rejected', reason: 'no' }) });
    await desk.goLive();
    const told = desk.statuses.at(-1);
    desk.latest().events.message('x');
    expect(told).toMatchObject({ rejected: 0, rejectedSamples: [] });
  });

  it('can be closed by its own listener', async () => {
    const desk = start({
      onMessage(): MessageVerdict {
        desk.link.dispose();
        return { kind: 'data' };
      },
    });
    await desk.goLive();
    desk.latest().events.message('a');
    desk.latest().events.message('b');
    expect(desk.link.status().received).toBe(1);
    expect(desk.clock.pending()).toBe(0);
  });
});

describe('disposing', () => {
  it.each<[string, (desk: ReturnType<typeof start>) => Promise<void>]>([
    ['before it began', async () => undefined],
    ['while connecting', (desk) => desk.settle()],
    ['while live', (desk) => desk.goLive()],
    [
      'while waiting',
      async (desk) => {
        await desk.settle();
        await desk.fail();
      },
    ],
  ])('leaves nothing behind %s', async (_name, reach) => {
    const desk = start();
    await reach(desk);
    desk.link.dispose();
    const told = desk.statuses.length;
    desk.link.reopen();
    await desk.clock.advance(86_400_000);
    expect(desk.clock.pending()).toBe(0);
    expect(desk.statuses.length).toBe(told);
    expect(desk.attempts.every(({ disposed }) => disposed || desk.state().kind === 'waiting')).toBe(true);
  });
});

const credentials = { code: 'credentials', message: 'The owner id is wrong.' } as const;

describe('D4 a link that has no snapshot', () => {
  it('has fresh data from the first message on, and after each opening none until the next', async () => {
    const desk = start({ hasSnapshot: false });
    await desk.goLive();
    expect(desk.link.status()).toMatchObject({ state: { kind: 'live' }, dataAtMs: null });
    desk.latest().events.message('price');
    expect(desk.link.status().dataAtMs).toBe(desk.clock.now());
    desk.link.reopen();
    await desk.goLive();
    expect(desk.link.status()).toMatchObject({ state: { kind: 'live' }, dataAtMs: null });
  });

  it('keeps the age of a message that came together with the opening', async () => {
    const desk = start({ hasSnapshot: false });
    await desk.clock.advance(0);
    desk.latest().events.opened();
    desk.latest().events.message('price');
    await desk.clock.advance(0);
    expect(desk.link.status()).toMatchObject({ state: { kind: 'live' }, dataAtMs: desk.clock.now() });
  });
});

describe('what a link tells of its messages', () => {
  it('counts those of the last minute and measures the delay of those that carry a time', async () => {
    const { clock, latest, link, settle } = start({
      onMessage: (text): MessageVerdict => ({ kind: 'data', sentAtMs: Number(text) }),
    });
    await settle();
    latest().events.opened();
    await settle();
    for (let count = 0; count < 6; count += 1)
      latest().events.message(String(clock.now() - 1_000 - count * 10));
    expect(link.status()).toMatchObject({
      perMinute: 6,
      latency: { medianMs: 30, clockBehindMs: 1_000 },
    });
  });

  it('says no latency where messages carry no time', async () => {
    const { latest, link, settle } = start();
    await settle();
    latest().events.opened();
    await settle();
    for (let count = 0; count < 6; count += 1) latest().events.message('x');
    expect(link.status()).toMatchObject({ perMinute: 6, latency: null });
  });
});
