import { describe, expect, it } from 'vitest';

import { HttpFailure } from './port.ts';
import { playLink, SILENCE_MS, waitsOf } from './testing/played-link.ts';

const credentials = { code: 'credentials', message: 'The owner id is wrong.' } as const;

describe('opening again', () => {
  it('D2 never gives up, and waits longer each time up to the limit', async () => {
    const desk = playLink();
    const waits = await waitsOf(desk, 40, desk.settle);
    expect(waits.slice(0, 7)).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
    expect(waits.at(-1)).toBe(30_000);
    expect(desk.attempts).toHaveLength(41);
  });

  it('D2 keeps backing off from a server that opens, greets and closes', async () => {
    const desk = playLink();
    const waits = await waitsOf(desk, 6, async () => {
      await desk.goLive();
      for (let count = 0; count < 50; count += 1) desk.latest().events.message('connected');
      await desk.clock.advance(5_000);
    });
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000]);
  });

  it('D2 begins anew after it was stable', async () => {
    const desk = playLink();
    await waitsOf(desk, 5, desk.settle);
    await desk.goLive();
    await desk.clock.advance(30_000);
    desk.latest().events.message('still here');
    expect(await waitsOf(desk, 1, desk.settle)).toEqual([1_000]);
  });

  it('D2 does not call a link stable that went quiet the moment it was live', async () => {
    const desk = playLink();
    await waitsOf(desk, 3, desk.settle);
    await desk.goLive();
    await desk.clock.advance(SILENCE_MS);
    const state = desk.state();
    expect(state.kind === 'waiting' && state.nextAttemptAtMs - desk.clock.now()).toBe(8_000);
  });

  it('D2 waits as long as a server asks that refuses', async () => {
    const desk = playLink();
    await desk.settle();
    desk.latest().events.closed({ code: 'rate-limited', message: 'Too many.' }, 42_000);
    await desk.clock.advance(41_999);
    expect(desk.attempts).toHaveLength(1);
    await desk.clock.advance(1);
    expect(desk.attempts).toHaveLength(2);
  });

  it('D2 waits as asked when it was the snapshot that was refused', async () => {
    const desk = playLink({
      onOpened: () =>
        Promise.reject(new HttpFailure({ code: 'rate-limited', message: 'Too many.' }, false, 42_000)),
    });
    await desk.goLive();
    const state = desk.state();
    expect(state).toMatchObject({ kind: 'waiting', cause: { code: 'rate-limited' } });
    expect(state.kind === 'waiting' && state.nextAttemptAtMs - desk.clock.now()).toBe(42_000);
  });

  it('D2 tells when it tries next, and why it must', async () => {
    const desk = playLink();
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
    ['the transport', playLink],
    ['the snapshot', () => playLink({ onOpened: () => Promise.reject(new HttpFailure(credentials, true)) })],
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
    const desk = playLink();
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
    const desk = playLink();
    await desk.goLive();
    desk.link.reopen();
    expect(desk.attempts.map(({ disposed }) => disposed)).toEqual([true, false]);
    expect(desk.state().kind).toBe('connecting');
  });

  it('D2 tries again at its time although the clock was set back', async () => {
    const desk = playLink();
    await desk.settle();
    await desk.fail();
    desk.clock.jump(-86_400_000);
    await desk.clock.advance(1_000);
    expect(desk.attempts).toHaveLength(2);
  });

  it('survives a transport that throws, and one that closes before it has returned', async () => {
    let count = 0;
    const desk = playLink({
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
    const desk = playLink();
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
    const desk = playLink({ onOpened: () => new Promise((resolve) => (finish = resolve)) });
    await desk.goLive();
    await desk.fail();
    finish();
    await desk.settle();
    expect(desk.state().kind).toBe('waiting');
  });
});
