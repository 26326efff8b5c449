import { afterEach, describe, expect, it } from 'vitest';

import { HttpFailure } from '../../connections/port.ts';
import { WITHIN_MS } from './panic.ts';
import type { Bench } from './testing/bench.ts';
import {
  advanceUntil,
  ALPHA,
  ALPHA_ID,
  BY,
  containing,
  counting,
  createBenches,
  EDDIE,
  eventually,
} from './testing/bench.ts';

const benches = createBenches();
afterEach(benches.close);

const followAlpha = { traderId: ALPHA, amount: '1000' };
const unfollows = (bench: Bench) => bench.calls('POST /traders/unfollow');
const halt = (bench: Bench) => bench.backend.panic?.halt('test');

describe('PANIC', () => {
  it('K4 unfollows the list, is read back by the count, and resuming follows nobody again', async () => {
    const bench = await benches.start();
    await bench.act('follow', followAlpha);
    await bench.act('follow', { ...followAlpha, traderId: EDDIE });
    expect((await bench.backend.panic?.read())?.enabled).toBe(false);
    expect(await halt(bench)).toMatchObject({ kind: 'accepted', message: containing('2 unfollowed') });
    expect(await bench.backend.panic?.read()).toMatchObject({ enabled: true, setBy: 'Quarterdeck' });
    expect(bench.of('feed').findLast(({ slice }) => slice === 'follows')?.entries).toEqual([]);
    await bench.backend.panic?.resume('test');
    expect((await bench.backend.panic?.read())?.enabled).toBe(false);
    expect(bench.calls('POST /traders/follow')).toHaveLength(2);
  });

  it('K4 follows that the desk does not know of are no halt, and it says where they can be ended', async () => {
    const bench = await benches.start({ given: (server) => server.on('GET /portfolio', counting(2)) });
    await halt(bench);
    expect(await bench.backend.panic?.read()).toMatchObject({
      enabled: false,
      reason: 'the server counts 2 follows the desk does not know; unfollow them on its page',
    });
  });

  it('K4 a count that cannot be read is no halt', async () => {
    const bench = await benches.start();
    await halt(bench);
    bench.server.on('GET /portfolio', { status: 500, json: { error: 'x' } });
    await expect(bench.backend.panic?.read()).rejects.toThrow('failed');
  });

  it('who follows nobody without PANIC is not halted', async () => {
    const bench = await benches.start();
    expect(await bench.backend.panic?.read()).toMatchObject({ enabled: false, reason: null });
  });

  it('one that is refused keeps the others from nothing, stays on the list, and is tried again', async () => {
    const bench = await benches.start();
    await bench.act('follow', followAlpha);
    await bench.act('follow', { ...followAlpha, traderId: EDDIE });
    let refusing = true;
    bench.server.on('POST /traders/unfollow', (body) =>
      refusing && (body as { traderId: string }).traderId === ALPHA_ID
        ? { status: 500, json: { error: 'x' } }
        : { json: { success: true } },
    );
    expect(await halt(bench)).toMatchObject({ kind: 'unknown', message: containing('1 of 2 could not be') });
    const last = bench.of('feed').findLast(({ slice }) => slice === 'follows');
    expect(last?.entries.map(({ id }) => id)).toEqual([ALPHA]);
    refusing = false;
    expect((await halt(bench))?.kind).toBe('accepted');
    expect(unfollows(bench)).toHaveLength(3);
  });

  it('passes a used-up limit, and is certain that nothing was sent where that is so', async () => {
    const bench = await benches.start();
    await bench.act('follow', followAlpha);
    bench.server.on('POST /traders/unfollow', { status: 429, text: 'Too many requests' });
    await expect(halt(bench)).rejects.toSatisfy((error) => error instanceof HttpFailure && !error.sent);
    expect(unfollows(bench)).toHaveLength(1);
  });

  it('many follows cost one sign-in, also where the token is not taken any more', async () => {
    const bench = await benches.start();
    await bench.act('follow', followAlpha);
    await bench.act('follow', { ...followAlpha, traderId: EDDIE });
    let isStale = true;
    bench.server.on('POST /auth/login', () => {
      isStale = false;
      return { json: { success: true, token: 'new' } };
    });
    bench.server.on('POST /traders/unfollow', () =>
      isStale ? { status: 401, json: { error: 'Token expired' } } : { json: { success: true } },
    );
    const before = bench.calls('POST /auth/login').length;
    expect((await halt(bench))?.kind).toBe('accepted');
    expect(bench.calls('POST /auth/login')).toHaveLength(before + 1);
  });

  it('keeps following from being done until it is resumed, also while the disk is at a follow', async () => {
    const bench = await benches.start();
    await halt(bench);
    expect(await bench.backend.acting.perform('follow', followAlpha, BY)).toMatchObject({
      kind: 'refused',
      message: containing('PANIC'),
    });
    await bench.backend.panic?.resume('test');

    const following = bench.backend.acting.perform('follow', followAlpha, BY);
    const halting = halt(bench);
    expect([(await following).kind, (await halting)?.kind]).toEqual(['refused', 'accepted']);
    expect(bench.calls('POST /traders/follow')).toEqual([]);
  });

  it('K14 a follow that arrives after PANIC was there is ended again, and named as nobody’s decision until it is', async () => {
    const bench = await benches.start();
    let answerNow = (): void => undefined;
    const after = new Promise<void>((resolve) => (answerNow = resolve));
    bench.server.on('POST /traders/follow', () => ({ json: { success: true }, after }));
    bench.server.on('POST /traders/unfollow', {
      status: 404,
      json: { error: 'Not following this trader' },
    });
    const following = bench.backend.acting.perform('follow', followAlpha, BY);
    await bench.server.asked.until(({ call }) => call === 'POST /traders/follow');
    expect((await halt(bench))?.kind).toBe('accepted');
    expect(await bench.backend.panic?.read()).toMatchObject({ enabled: true });
    bench.server.on('POST /traders/unfollow', { hang: true });
    bench.server.on('GET /portfolio', counting(1));
    answerNow();
    await eventually(() => unfollows(bench).length).toBe(2);
    expect(await bench.backend.panic?.read()).toMatchObject({ enabled: false, setBy: 'system:on-its-way' });
    await bench.clock.advance(10_000);
    expect(await following).toMatchObject({ kind: 'unknown', message: containing('PANIC came meanwhile') });
  });

  /** A desk that was started with these on its list. */
  const listed = (count: number, serverId: (index: number) => string | null) => ({
    recall: () =>
      Promise.resolve({
        halted: false,
        entries: Array.from({ length: count }, (_, index) => ({
          wallet: `0x${index}`,
          name: `Trader ${index}`,
          serverId: serverId(index),
          settings: {
            amount: '10',
            maxTradeSize: null,
            maxDailyLoss: null,
            stopLossPct: null,
            takeProfitPct: null,
            diversificationLimit: null,
          },
          stage: 'following',
          note: null,
          sinceMs: 1,
        })),
      }),
    remember: () => Promise.resolve(),
  });

  it('K2 every follow is asked for at once on a server that hangs, within a halt’s time, and each is named as not confirmed', async () => {
    const bench = await benches.start({
      memory: listed(30, (index) => `id-${index}`),
      given(server) {
        server.on('GET /portfolio', counting(30));
        server.on('POST /traders/unfollow', { hang: true });
      },
    });
    const halting = halt(bench);
    // Nothing moves the clock: none of them waits for another.
    await eventually(() => unfollows(bench).length).toBe(30);
    await bench.clock.advance(WITHIN_MS);
    expect(await halting).toMatchObject({
      kind: 'unknown',
      message: containing('Trader 0, Trader 1, Trader 2,'),
    });
    const last = bench.of('feed').findLast(({ slice }) => slice === 'follows');
    expect(last?.entries).toHaveLength(30);
    for (const one of last?.entries ?? [])
      expect(one).toMatchObject({ state: 'stopping', note: containing('PANIC asked the server to end it') });
    expect((await bench.backend.panic?.read())?.reason).toBe(
      `the server still counts 30 follows; not confirmed: ${Array.from({ length: 12 }, (_, index) => `Trader ${index}`).join(', ')} and 18 more`,
    );
    bench.server.on('GET /portfolio', { hang: true });
    const reading = bench.backend.panic?.read().catch((error: unknown) => error);
    await bench.server.asked.count(bench.server.asked.all.length + 1);
    await bench.clock.advance(WITHIN_MS);
    expect(String(await reading)).toContain('Not confirmed: Trader 0, Trader 1');
  });

  it('K2 what is kept of the limit for PANIC grows with whom it has to end', async () => {
    for (const [followed, left] of [
      [3, 16],
      [30, 36],
    ] as const) {
      const bench = await benches.start({
        memory: listed(followed, (index) => `id-${index}`),
        given: (server) => server.on('GET /portfolio', counting(followed)),
      });
      // A decision may use all but what PANIC needs.
      const counted = (): number =>
        bench.server.asked.all.filter(({ call }) => call !== 'GET /health').length;
      for (let refused = false; !refused;) {
        const { message } = await bench.backend.acting.perform(
          'copy.execute',
          { traderWallet: ALPHA, marketId: 'APT-USDC', side: 'buy', originalSize: '1' },
          BY,
        );
        refused = message.includes('used up');
      }
      expect(counted()).toBe(100 - left);
    }
  });

  it('K2 more follows than go at once, on a server that hangs, take no longer than a halt may', async () => {
    const bench = await benches.start({
      memory: listed(30, (index) => `id-${index}`),
      given(server) {
        server.on('GET /portfolio', counting(30));
        server.on('POST /traders/unfollow', { hang: true });
      },
    });
    const startMs = bench.clock.now();
    let answer: unknown = null;
    void halt(bench)?.then(
      (given) => (answer = given),
      (error: unknown) => (answer = error),
    );
    await advanceUntil(bench, () => answer !== null, 100);
    expect(bench.clock.now() - startMs).toBeLessThanOrEqual(WITHIN_MS);
    expect(answer).toMatchObject({ kind: 'unknown', message: containing('30 of 30 could not be') });
  });

  it('K4 follows that were made elsewhere are ended too, where the server lists their traders', async () => {
    const followed = new Set([ALPHA_ID]);
    const idIn = (body: unknown): string => (body as { traderId: string }).traderId;
    const bench = await benches.start({
      given(server) {
        server.on('GET /portfolio', () => counting(followed.size));
        server.on('POST /traders/unfollow', (body) =>
          followed.delete(idIn(body))
            ? { json: { success: true } }
            : { status: 404, json: { error: 'Not following this trader' } },
        );
      },
    });
    expect(await halt(bench)).toMatchObject({ kind: 'accepted', message: containing('1 unfollowed') });
    expect(await bench.backend.panic?.read()).toMatchObject({ enabled: true });
    // One that the server counts on without listing its trader is not asked for again and again.
    bench.server.on('GET /portfolio', counting(1));
    await bench.backend.panic?.read();
    const before = unfollows(bench).length;
    await halt(bench);
    await bench.backend.panic?.read();
    await halt(bench);
    expect(unfollows(bench)).toHaveLength(before);
  });

  it('who has no id while the traders cannot be read is not unfollowed by a guess, which would look like success', async () => {
    const bench = await benches.open({
      memory: listed(2, () => null),
      given(server) {
        server.on('GET /portfolio', counting(2));
        server.on('GET /traders', { status: 500, json: { error: 'x' } });
        server.on('POST /traders/unfollow', { status: 404, json: { error: 'Not following this trader' } });
      },
    });
    await expect(halt(bench)).rejects.toSatisfy((error) => error instanceof HttpFailure && !error.sent);
    expect(unfollows(bench)).toEqual([]);
    expect(bench.of('feed').findLast(({ slice }) => slice === 'follows')?.entries).toHaveLength(2);
  });
});
