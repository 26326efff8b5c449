import { describe, expect, it } from 'vitest';

import { playLink, waitsOf } from './testing/played-link.ts';

describe('opening', () => {
  it('calls nothing back before the caller holds the link', async () => {
    const desk = playLink();
    expect(desk.attempts).toHaveLength(0);
    expect(desk.statuses).toHaveLength(0);
    expect(desk.state()).toMatchObject({ kind: 'connecting', attempt: 1 });
    await desk.settle();
    expect(desk.attempts).toHaveLength(1);
  });

  it('D3 is live only after the snapshot was read', async () => {
    let finish = (): void => undefined;
    const desk = playLink({ onOpened: () => new Promise((resolve) => (finish = resolve)) });
    await desk.goLive();
    expect(desk.state().kind).toBe('connecting');
    finish();
    await desk.settle();
    expect(desk.state().kind).toBe('live');
    expect(desk.link.status().dataAtMs).toBe(desk.clock.now());
  });

  it('D4 is live since the connection stood, so that what its snapshot brought is not taken for older', async () => {
    let finish = (): void => undefined;
    const desk = playLink({ onOpened: () => new Promise((resolve) => (finish = resolve)) });
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
    const desk = playLink({
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
    const desk = playLink({ onOpened: () => Promise.reject(new Error('database')) });
    await desk.settle();
    desk.latest().events.opened();
    desk.latest().events.message('an alert that comes only once');
    await desk.settle();
    expect(desk.messages).toEqual(['an alert that comes only once']);
    expect(desk.state()).toMatchObject({ kind: 'waiting', cause: { code: 'bad-answer' } });
    expect(desk.latest().disposed).toBe(true);
  });

  it('D3 reads the snapshot anew after every opening', async () => {
    const desk = playLink();
    await waitsOf(desk, 3, () => desk.goLive());
    await desk.goLive();
    expect(desk.snapshots()).toBe(4);
    expect(desk.link.status().reconnections).toBe(3);
  });

  it('D1 gives up a connection that never opens, and a snapshot that never ends', async () => {
    const desk = playLink({ onOpened: () => new Promise(() => undefined) });
    await desk.clock.advance(45_000);
    expect(desk.state()).toMatchObject({ kind: 'waiting', cause: { code: 'timeout' } });
    await desk.clock.advance(1_000);
    desk.latest().events.opened();
    await desk.clock.advance(60_000);
    expect(desk.state()).toMatchObject({ kind: 'waiting', cause: { code: 'timeout' } });
  });

  it('D7 does not hold more than it can while a snapshot hangs', async () => {
    const desk = playLink({ onOpened: () => new Promise(() => undefined) });
    await desk.settle();
    const { events } = desk.latest();
    events.opened();
    for (let count = 0; count < 20_001; count += 1) events.message('x');
    expect(desk.state()).toMatchObject({ kind: 'waiting', cause: { code: 'bad-answer' } });
    expect(desk.messages).toHaveLength(20_001);
  });
});

describe('D4 a link that has no snapshot', () => {
  it('has fresh data from the first message on, and after each opening none until the next', async () => {
    const desk = playLink({ hasSnapshot: false });
    await desk.goLive();
    expect(desk.link.status()).toMatchObject({ state: { kind: 'live' }, dataAtMs: null });
    desk.latest().events.message('price');
    expect(desk.link.status().dataAtMs).toBe(desk.clock.now());
    desk.link.reopen();
    await desk.goLive();
    expect(desk.link.status()).toMatchObject({ state: { kind: 'live' }, dataAtMs: null });
  });

  it('keeps the age of a message that came together with the opening', async () => {
    const desk = playLink({ hasSnapshot: false });
    await desk.clock.advance(0);
    desk.latest().events.opened();
    desk.latest().events.message('price');
    await desk.clock.advance(0);
    expect(desk.link.status()).toMatchObject({ state: { kind: 'live' }, dataAtMs: desk.clock.now() });
  });
});

describe('disposing', () => {
  it.each<[string, (desk: ReturnType<typeof playLink>) => Promise<void>]>([
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
    const desk = playLink();
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
