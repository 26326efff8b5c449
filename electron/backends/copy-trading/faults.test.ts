import { afterEach, describe, expect, it } from 'vitest';

import { MINUTE_MS, SECOND_MS } from '#shared/time.ts';

import { WITHIN_MS } from './panic.ts';
import type { Bench } from './testing/bench.ts';
import {
  advanceUntil,
  ALPHA,
  BY,
  containing,
  copyRow,
  counting,
  createBenches,
  eventually,
} from './testing/bench.ts';
import type { Stubbed } from './testing/stub-server.ts';

const benches = createBenches();
afterEach(benches.close);

const followAlpha = { traderId: ALPHA, amount: '1000' };
const PAGE: Stubbed = { text: '<!DOCTYPE html><html><body>Bad gateway</body></html>' };
const latest = (bench: Bench) => bench.of('link-status').at(-1)?.status;

describe('D5 a server that goes wrong, read', () => {
  it.each<[string, Stubbed, RegExp]>([
    ['a page', PAGE, /a page instead of data/],
    ['a page with 502', { ...PAGE, status: 502 }, /failed \(502\)/],
    [
      '500 {error, message}',
      { status: 500, json: { error: 'Broken', message: 'No chain' } },
      /“Broken; No chain”/,
    ],
    [
      '500 of the error handler',
      { status: 500, json: { success: false, error: 'Oops', path: '/' } },
      /“Oops”/,
    ],
    ['an unknown route', { status: 404, json: { error: 'Route not found' } }, /no copy-trading server/],
    ['other JSON', { json: { hello: 1 } }, /something unexpected \(traders\)/],
    ['a list', { json: [] }, /something unexpected/],
  ])('%s fails in words, and the link lives', async (_name, stubbed, words) => {
    const bench = await benches.start();
    bench.server.on('GET /traders', stubbed);
    const known = bench.entries('traders').length;
    const error = await bench.backend.refresh().catch((caught: unknown) => caught);
    expect(error).toHaveProperty('message', expect.stringMatching(words));
    expect(String(error)).not.toContain('<');
    expect(bench.entries('traders')).toHaveLength(known);
    expect(latest(bench)?.state.kind).toBe('live');
  });

  it('a request that hangs is given up, and the next minute reads on', async () => {
    const bench = await benches.start();
    bench.server.on('GET /traders', { hang: true });
    const refreshing = bench.backend.refresh().catch((error: unknown) => error);
    await bench.server.asked.count(bench.server.asked.all.length + 2);
    await bench.clock.advance(10 * SECOND_MS);
    expect(await refreshing).toHaveProperty('message', expect.stringContaining('10 s'));
    bench.server.on('GET /traders', { json: { traders: [] } });
    await bench.backend.refresh();
    expect(bench.of('feed').findLast(({ slice }) => slice === 'traders')?.entries).toEqual([]);
  });

  it('D4 a minute in which nothing was read makes nothing look newer', async () => {
    const bench = await benches.open({ dialect: 'without-sockets' });
    const readAt = () => latest(bench)?.dataAtMs ?? null;
    await bench.clock.advance(MINUTE_MS);
    await advanceUntil(bench, () => readAt() !== null, SECOND_MS / 10);
    const readAtMs = readAt();
    const count = bench.calls('GET /portfolio').length;
    bench.server.on('GET /portfolio', { hang: true });
    // A minute later nothing is due; the one after it asks again, and is not answered.
    await advanceUntil(bench, () => bench.calls('GET /portfolio').length > count, SECOND_MS);
    expect(readAt()).toBe(readAtMs);
  });

  it('one row that is none costs not the others', async () => {
    const bench = await benches.start();
    bench.server.on('GET /traders', {
      json: {
        traders: [null, { id: 'x' }, { id: 'y', walletAddress: '0xy', winRate: 'NaN', followers: -0.5 }],
      },
    });
    await bench.backend.refresh();
    expect(bench.of('feed').findLast(({ slice }) => slice === 'traders')?.entries).toMatchObject([
      { id: '0xy', name: '0xy', winRatePct: null, followers: null },
    ]);
  });

  it('a message that is no event of the server is counted, and the link lives', async () => {
    const bench = await benches.start();
    for (const [event, payload] of [
      ['market_update', { data: { symbol: 'APT', price: 'free' } }],
      ['trade_update', { data: { traderId: 'x' } }],
      ['market_data_update', 'text'],
      ['unheard_of', {}],
      ['portfolio_update', 7],
    ] as const)
      bench.server.tell(event, payload);
    bench.server.tell('market_update', { data: { symbol: 'LAST', price: 1 }, timestamp: 1 });
    await bench.event('feed', ({ entries }) => entries.some(({ id }) => id === 'LAST'));
    await bench.clock.advance(SECOND_MS);
    expect(latest(bench)).toMatchObject({ rejected: 5, state: { kind: 'live' } });
  });
});

it('D3 a re-connection reads again what changes slowly when that is old, and a clock set back makes nothing old', async () => {
  let uptimeS = 100_000;
  const bench = await benches.start({
    given: (server) => server.on('GET /health', () => ({ json: { status: 'OK', uptime: uptimeS } })),
  });
  const reopened = async (): Promise<number> => {
    const before = bench.calls('GET /traders').length;
    bench.backend.wake();
    await eventually(() => bench.calls('GET /traders').length).toBeGreaterThan(before);
    await eventually(() => latest(bench)?.state.kind).toBe('live');
    return bench.calls('GET /kana-labs/status').length;
  };
  uptimeS -= 600;
  bench.clock.jump(-600 * SECOND_MS);
  expect(await reopened()).toBe(1);
  uptimeS += 3_600;
  bench.clock.jump(3_600 * SECOND_MS);
  expect(await reopened()).toBe(2);
});

describe('A5 an act that is answered with 200 and not with success', () => {
  it.each([[null], [[]], [{}], [{ success: false, error: 'Not now' }], [{ success: 'true' }]])(
    'A5 %j is no follow: its fate is not known, and is settled by the count',
    async (json) => {
      const bench = await benches.start({
        given: (server) => server.on('POST /traders/follow', { json }),
      });
      const { answer, verification } = await bench.act('follow', followAlpha);
      expect(answer).toMatchObject({ kind: 'unknown', message: containing('not that it is done') });
      expect(verification.kind).toBe('pending');
    },
  );

  it('K4 an unfollow of PANIC is none either', async () => {
    const bench = await benches.start();
    await bench.act('follow', followAlpha);
    bench.server.on('POST /traders/unfollow', { json: { success: false, error: 'Not now' } });
    expect((await bench.backend.panic?.halt('test'))?.kind).toBe('unknown');
    expect((await bench.backend.panic?.read())?.enabled).not.toBe(true);
  });
});

describe('D5 sockets are refused', () => {
  it('what can be read is read all the same, and follows can be made and ended', async () => {
    const bench = await benches.open({
      dialect: 'without-sockets',
      given: (server) => server.on('GET /portfolio/positions', copyRow()),
    });
    await bench.event('link-status', ({ status }) => status.state.kind === 'waiting');
    await advanceUntil(bench, () => bench.entries('positions').length > 0, SECOND_MS);
    expect(bench.entries('traders').map(({ id }) => id)).toContain(ALPHA);
    expect(bench.entries('quotes').length).toBeGreaterThan(0);
    expect(latest(bench)?.state.kind).not.toBe('live');
    expect((await bench.act('follow', followAlpha)).answer.kind).toBe('accepted');
    expect((await bench.backend.panic?.halt('test'))?.kind).toBe('accepted');
    expect((await bench.backend.panic?.read())?.enabled).toBe(true);
  });

  it('without a wallet traders are shown, nobody signs in, and nothing can be followed or halted', async () => {
    const bench = await benches.start({ wallet: null });
    expect(bench.entries('traders').length).toBeGreaterThan(0);
    expect(bench.calls('POST /auth/login')).toEqual([]);
    expect(bench.backend.panic).toBeNull();
    expect((await bench.backend.acting.perform('follow', followAlpha, BY)).kind).toBe('refused');
    expect(bench.server.handshakes.all).toEqual([{}]);
  });
});

describe('A5 a server that goes wrong, acted on', () => {
  it.each<[string, Stubbed, string]>([
    ['a page', PAGE, 'unknown'],
    ['a page with 502', { ...PAGE, status: 502 }, 'unknown'],
    ['500 {error, message}', { status: 500, json: { error: 'Broken', message: 'x' } }, 'unknown'],
    ['a page with 404', { ...PAGE, status: 404 }, 'unknown'],
    ['400', { status: 400, json: { error: 'No' } }, 'refused'],
    ['429', { status: 429, text: 'Too many requests' }, 'refused'],
    ['401', { status: 401, json: { error: 'Invalid token' } }, 'refused'],
  ])('a follow answered by %s is %s, and is sent once', async (name, stubbed, kind) => {
    const bench = await benches.start();
    bench.server.on('POST /traders/follow', stubbed);
    expect((await bench.backend.acting.perform('follow', followAlpha, BY)).kind).toBe(kind);
    // A token that is not taken is replaced, and the wish, which did not arrive, is sent with the new one.
    expect(bench.calls('POST /traders/follow')).toHaveLength(name === '401' ? 2 : 1);
    expect(bench.of('feed').findLast(({ slice }) => slice === 'follows')?.entries).toHaveLength(
      kind === 'unknown' ? 1 : 0,
    );
  });

  it('one that hangs is unknown after its time', async () => {
    const bench = await benches.start();
    bench.server.on('POST /traders/follow', { hang: true });
    const answer = bench.backend.acting.perform('follow', followAlpha, BY);
    await bench.server.asked.until(({ call }) => call === 'POST /traders/follow');
    await bench.clock.advance(10 * SECOND_MS);
    expect((await answer).kind).toBe('unknown');
  });

  it('emits nothing more once disposed, and leaves no timer', async () => {
    const bench = await benches.start();
    await bench.act('follow', followAlpha);
    bench.backend.dispose();
    const told = bench.events.all.length;
    bench.server.tell('error', { message: 'late' });
    await bench.clock.advance(10 * MINUTE_MS);
    expect(bench.events.all).toHaveLength(told);
    expect(bench.clock.pending()).toBe(0);
  });
});

describe('K2 PANIC and a server that hangs', () => {
  it('a halt is over within its time, whichever of its requests hang', async () => {
    for (const hanging of ['POST /auth/login', 'GET /traders', 'POST /traders/unfollow']) {
      const bench = await benches.start();
      await bench.act('follow', followAlpha);
      // The token is refused, so that signing in is part of it.
      if (hanging === 'POST /auth/login')
        bench.server.on('POST /traders/unfollow', { status: 401, json: { error: 'Token expired' } });
      bench.server.on(hanging, { hang: true });
      let answer: unknown = null;
      void bench.backend.panic?.halt('test').then(
        (given) => (answer = given),
        (error: unknown) => (answer = error),
      );
      const startMs = bench.clock.now();
      await advanceUntil(bench, () => answer !== null, 100);
      expect(bench.clock.now() - startMs).toBeLessThanOrEqual(WITHIN_MS);
      if (hanging === 'GET /traders') expect(answer).toMatchObject({ kind: 'accepted' });
      else expect(answer).not.toMatchObject({ kind: 'accepted' });
    }
  });

  it('reading it back is over within its time too', async () => {
    const bench = await benches.start({ given: (server) => server.on('GET /portfolio', counting(0)) });
    bench.server.on('GET /portfolio', { hang: true });
    let failed: unknown = null;
    bench.backend.panic?.read().catch((error: unknown) => (failed = error));
    const startMs = bench.clock.now();
    await advanceUntil(bench, () => failed !== null, 100);
    expect(bench.clock.now() - startMs).toBeLessThanOrEqual(WITHIN_MS);
  });

  it('a list of traders that cannot be read keeps nobody from being unfollowed', async () => {
    const kept = new Map<string, unknown>();
    const memory = {
      recall: (name: string) => Promise.resolve(kept.get(name) ?? null),
      remember: (name: string, value: unknown) =>
        Promise.resolve(void kept.set(name, structuredClone(value))),
    };
    const before = await benches.start({ memory });
    await before.act('follow', followAlpha);
    before.backend.dispose();
    // A desk that was just started has read nothing yet.
    const after = await benches.open({
      memory,
      server: before.server,
      given: (server) => server.on('GET /traders', { hang: true }),
    });
    expect((await after.backend.panic?.halt('test'))?.kind).toBe('accepted');
    expect(after.calls('POST /traders/unfollow')).toHaveLength(1);
    await eventually(() => after.calls('GET /traders').length).toBeGreaterThan(0);
  });
});
