import { afterEach, describe, expect, it } from 'vitest';

import { HOUR_MS, MINUTE_MS } from '#shared/time.ts';

import { PONG_WITHIN_MS } from './channel.ts';
import { readDefinitions } from './reads.ts';
import { SIGNATURE } from './session.ts';
import type { Bench } from './testing/bench.ts';
import {
  ALPHA,
  ALPHA_ID,
  BY,
  containing,
  copyRow,
  counting,
  createBenches,
  EDDIE,
  eventually,
  holding,
  WALLET,
} from './testing/bench.ts';
import { recordedAnswer } from './testing/recordings.ts';

/** The quirks of the sheet's section 7, by their numbers, over real HTTP and Socket.IO. */
const benches = createBenches();
afterEach(benches.close);

const followAlpha = { traderId: ALPHA, amount: '1000' };

/** What was said before this has arrived when this has. */
async function tellAndSettle(bench: Bench, event: string, payload: unknown): Promise<void> {
  const price = 1_000 + bench.of('feed').length;
  bench.server.tell(event, payload);
  bench.server.tell('market_update', { data: { symbol: 'LAST', price }, timestamp: bench.clock.now() });
  await bench.event('feed', ({ entries }) =>
    entries.some((one) => 'price' in one && one.price === String(price)),
  );
}

const latest = (bench: Bench) => bench.of('link-status').at(-1)?.status;

describe('quirk 1 two protocols behind similar names', () => {
  it('quirk 1 a pong makes it the realtime server, which is asked by trader ids and for its market', async () => {
    const bench = await benches.start();
    const { payloads } = await bench.server.heard.until(({ event }) => event === 'subscribe_market');
    expect(payloads).toEqual([{ symbols: ['APT/USDC', 'BTC/USDC', 'ETH/USDC'] }]);
    await bench.backend.acting.perform('follow', followAlpha, BY);
    const asked = await bench.server.heard.until(({ event }) => event === 'subscribe_trader');
    expect(asked.payloads).toEqual([{ traderId: ALPHA_ID }]);
  });

  it('quirk 1 without a pong it is the plain server, which is asked by wallets and for no market', async () => {
    const bench = await benches.start({ dialect: 'plain' });
    await bench.backend.acting.perform('follow', followAlpha, BY);
    await bench.clock.advance(PONG_WITHIN_MS);
    const asked = await bench.server.heard.until(({ event }) => event === 'subscribe_trader');
    expect(asked.payloads).toEqual([{ traderWallet: ALPHA }]);
    await bench.server.heard.until(({ event }) => event === 'get_portfolio');
    expect(bench.server.heard.all.some(({ event }) => event === 'subscribe_market')).toBe(false);
  });

  it('quirk 1 figures of a trader come in an envelope and without one', async () => {
    const bench = await benches.start();
    await tellAndSettle(bench, 'trader_performance', {
      type: 'performance_update',
      data: { traderId: ALPHA_ID, totalPnL: 12, riskScore: 7 },
      timestamp: 1_795_216_700_000,
    });
    expect(bench.entries('traders').at(-1)).toMatchObject({ id: ALPHA, totalPnl: '12', riskScore: 7 });
    await tellAndSettle(bench, 'trader_performance_update', {
      traderId: `trader_${ALPHA.slice(2)}`,
      performance: { totalPnL: 13, maxDrawdown: -4.5 },
      timestamp: 1_795_216_700_000,
    });
    expect(bench.entries('traders').at(-1)).toMatchObject({
      id: ALPHA,
      totalPnl: '13',
      riskScore: 7,
      maxDrawdownPct: '-4.5',
    });
  });
});

it('quirk 2 every event carries an object, of either dialect', async () => {
  for (const dialect of ['plain', 'realtime'] as const) {
    const bench = await benches.start({ dialect });
    await bench.backend.acting.perform('follow', followAlpha, BY);
    await bench.clock.advance(PONG_WITHIN_MS);
    await bench.server.heard.until(({ event }) => event === 'get_portfolio');
    await bench.backend.acting.perform('unfollow', followAlpha, BY);
    await bench.server.heard.until(({ event }) => event === 'unsubscribe_trader');
    for (const { event, payloads } of bench.server.heard.all)
      expect([event, payloads]).toEqual([event, [expect.any(Object)]]);
  }
});

it('quirk 3 the portfolio is read where it can be, and never where the answer is always 401', async () => {
  const bench = await benches.start();
  await bench.backend.refresh();
  expect(bench.calls('GET /portfolio').length).toBeGreaterThan(0);
  expect(bench.calls('GET /portfolio/positions').length).toBeGreaterThan(0);
  for (const { descriptor } of readDefinitions)
    await bench.backend
      .read(descriptor.id, { traderId: ALPHA, symbol: 'APT' }, new AbortController().signal)
      .catch(() => null);
  const asked = bench.server.asked.all.map(({ path }) => path);
  expect(asked.filter((path) => /\/live$|\/realtime\/(?:un)?subscri/.test(path))).toEqual([]);
});

it('quirk 3 a 401 that is none of the token’s does not cost a sign-in', async () => {
  const bench = await benches.start();
  bench.server.on('GET /portfolio', { status: 401, json: { error: 'User not authenticated' } });
  const logins = bench.calls('POST /auth/login').length;
  await expect(bench.backend.refresh()).rejects.toThrow('User not authenticated');
  expect(bench.calls('POST /auth/login')).toHaveLength(logins);
  bench.server.on('GET /portfolio', { status: 401, json: { error: 'Token expired' } });
  await expect(bench.backend.refresh()).rejects.toThrow('Token expired');
  expect(bench.calls('POST /auth/login')).toHaveLength(logins + 1);
});

it('quirk 4 what is said of another wallet is nobody’s here', async () => {
  const bench = await benches.start({ dialect: 'plain' });
  bench.server.on('GET /kana-labs/status', { json: { status: 'connected' } });
  const portfolio = { totalValue: 99, isRealTime: true, positions: [], lastUpdated: 1_795_216_715_937 };
  await tellAndSettle(bench, 'portfolio_update', { ...portfolio, walletAddress: '0xdef' });
  await tellAndSettle(bench, 'portfolio_update', portfolio);
  expect(bench.of('portfolio')).toEqual([]);
  await tellAndSettle(bench, 'portfolio_update', { ...portfolio, walletAddress: WALLET.toUpperCase() });
  expect(bench.of('portfolio')).toMatchObject([{ portfolio: { totalUsd: '99' } }]);

  await tellAndSettle(bench, 'trade_update', {
    data: { traderId: ALPHA_ID, symbol: 'APT/USDC', side: 'buy', amount: 2, price: 9 },
    timestamp: 1,
  });
  expect(bench.entries('activity')).toEqual([]);
});

it('quirk 5 signs in without a signature, says so, and sends the token nowhere else', async () => {
  const bench = await benches.start();
  expect(bench.calls('POST /auth/login')[0]?.body).toEqual({ walletAddress: WALLET, signature: SIGNATURE });
  expect(SIGNATURE).toContain('no real one');
  await bench.backend.acting.perform('follow', followAlpha, BY);
  const carrying = bench.server.asked.all.filter(({ headers }) => headers.authorization !== undefined);
  expect(new Set(carrying.map(({ call }) => call))).toEqual(
    new Set([
      'GET /auth/profile',
      'GET /portfolio',
      'GET /portfolio/positions',
      'GET /portfolio/history',
      'POST /traders/follow',
    ]),
  );
});

describe('quirk 6 100 requests in 15 minutes', () => {
  it('quirk 6 fewer than half of them are spent by the desk itself, with two traders followed', async () => {
    const bench = await benches.start({ given: (server) => server.on('GET /portfolio', counting(2)) });
    for (const wallet of [ALPHA, EDDIE]) {
      bench.server.on(`GET /copy-trading/positions/${wallet}`, holding());
      await bench.backend.acting.perform('follow', { traderId: wallet, amount: '10' }, BY);
    }
    // The wishes are the person's, not the desk's own.
    const uncounted = new Set(['GET /health', 'POST /traders/follow']);
    const counted = () => bench.server.asked.all.filter(({ call }) => !uncounted.has(call)).length;
    const held = () => bench.server.asked.all.filter(({ call }) => call.includes('/copy-trading/positions/'));
    for (let minute = 1; minute <= 15; minute += 1) {
      // The server is never silent: a link that is opened anew reads anew.
      for (const part of ['first half', 'second half']) {
        await bench.clock.advance(MINUTE_MS / 2);
        await tellAndSettle(bench, 'market_update', { data: { symbol: part, price: 1 }, timestamp: minute });
      }
      await eventually(() => held().length).toBe(minute);
      // The reading of a minute ends with the trader's positions, and the next one waits for it.
    }
    expect(counted()).toBeGreaterThan(20);
    expect(counted()).toBeLessThanOrEqual(50);
  });

  it('quirk 6 a plain sentence is a refusal to be waited out, and PANIC passes', async () => {
    const bench = await benches.start();
    const tooMany = {
      status: 429,
      text: 'Too many requests, please try again later.',
      headers: { 'retry-after': '60' },
    };
    bench.server.on('GET /kana-labs/status', tooMany);
    await expect(bench.backend.refresh()).rejects.toThrow('accepts no more requests for 60 s');
    const before = bench.server.asked.all.length;
    const answer = await bench.backend.acting.perform('follow', followAlpha, BY);
    expect(answer).toMatchObject({ kind: 'refused', message: containing('accepts no more requests') });
    expect(bench.server.asked.all).toHaveLength(before);
    expect((await bench.backend.panic?.read())?.enabled).toBe(false);
    expect(bench.server.asked.all).toHaveLength(before + 1);
    expect(bench.calls('POST /traders/follow')).toEqual([]);
  });
});

it('quirk 7 ids are new after a restart: traders are known by wallet, and asked for by the new id', async () => {
  const bench = await benches.start();
  expect(bench.entries('traders').find(({ id }) => id === ALPHA)).toMatchObject({
    name: 'Alpha Trader',
    serverId: ALPHA_ID,
  });
  const { traders } = recordedAnswer('traders') as { traders: { id: string; walletAddress: string }[] };
  bench.server.on('GET /traders', {
    json: { traders: traders.map((one) => ({ ...one, id: `new-${one.walletAddress}` })) },
  });
  // The desk does not know of the restart yet: the old id is not found, and the new one is looked up.
  bench.server.on('POST /traders/follow', (body) =>
    (body as { traderId: string }).traderId.startsWith('new-')
      ? { json: recordedAnswer('follow') }
      : { status: 404, json: { error: 'Trader not found' } },
  );
  const answer = await bench.backend.acting.perform('follow', followAlpha, BY);
  expect(answer.kind).toBe('accepted');
  expect(
    bench.calls('POST /traders/follow').map(({ body }) => (body as { traderId: string }).traderId),
  ).toEqual([ALPHA_ID, `new-${ALPHA}`]);
  expect(bench.entries('follows').at(-1)).toMatchObject({ id: ALPHA, traderName: 'Alpha Trader' });
});

it('quirk 8 one thing under two names, and times in two forms', async () => {
  const bench = await benches.start();
  const copies = () => bench.entries('positions').filter(({ owner }) => owner === 'copy');
  const opened = Date.UTC(2026, 8, 1, 10);
  bench.server.on('GET /portfolio/positions', copyRow({ openedAt: opened, type: 'short' }));
  await bench.backend.refresh();
  expect(copies().at(-1)).toMatchObject({ side: 'short', pnlPct: '12.5', openedAtMs: opened });
  bench.server.on(
    'GET /portfolio/positions',
    copyRow({ type: undefined, side: 'sell', pnlPercent: undefined, pnlPercentage: 3 }),
  );
  await bench.backend.refresh();
  expect(copies().at(-1)).toMatchObject({ side: 'short', pnlPct: '3', openedAtMs: opened });

  await bench.backend.acting.perform('follow', followAlpha, BY);
  for (const timestamp of [opened, new Date(opened).toISOString()])
    await tellAndSettle(bench, 'trade_update', {
      type: 'trade_execution',
      data: { traderId: ALPHA_ID, symbol: 'APT/USDC', side: 'buy', amount: 2, price: 9, timestamp },
      timestamp: opened,
    });
  const [first, second] = bench.entries('activity');
  expect(first).toMatchObject({ subject: ALPHA, symbol: 'APT/USDC', occurredAtMs: opened });
  expect(second?.id).toBe(first?.id);
});

it('quirk 9 an event called error is the application’s word, and the link goes on', async () => {
  const bench = await benches.start();
  await tellAndSettle(bench, 'error', { message: 'Failed to get portfolio' });
  expect(bench.of('alert').map(({ alert }) => [alert.kind, alert.severity, alert.message])).toEqual([
    ['server_error', 'low', 'The server says: “Failed to get portfolio”'],
  ]);
  expect(latest(bench)?.state.kind).toBe('live');
  expect(bench.of('link-status').some(({ status }) => status.state.kind === 'waiting')).toBe(false);
});

it('L3 what the server says over and over is one alert an hour, and news when it says it again later', async () => {
  const bench = await benches.start();
  const ids = (): number => new Set(bench.of('alert').map(({ alert }) => alert.id)).size;
  await tellAndSettle(bench, 'error', { message: 'Failed to get portfolio' });
  await tellAndSettle(bench, 'error', { message: 'Failed to get portfolio' });
  expect(ids()).toBe(1);
  bench.clock.jump(HOUR_MS);
  await tellAndSettle(bench, 'error', { message: 'Failed to get portfolio' });
  expect(ids()).toBe(2);
});

describe('A3 quirk 10 a price counts once it was seen to move', () => {
  const told = (bench: Bench, symbol: string): unknown[] =>
    bench.entries('quotes').flatMap(({ id, price, sample }) => (id === symbol ? [[price, sample]] : []));
  const tell = (bench: Bench, figures: object): Promise<void> =>
    tellAndSettle(bench, 'market_data_update', {
      type: 'market_update',
      data: { BTC: { symbol: 'BTC', change24h: 1, volume24h: 5, ...figures } },
      timestamp: bench.clock.now(),
    });

  it('A3 quirk 10 sample prices that stand still, and constants with zeros beside them, are samples', async () => {
    const bench = await benches.start({ dialect: 'plain' });
    const constant = { price: 45_000, change24h: 0, volume24h: 0 };
    for (const figures of [{ price: 68_000 }, { price: 68_000 }, constant, { price: 68_000 }])
      await tell(bench, figures);
    expect(told(bench, 'BTC')).toEqual([
      ['68000', true],
      ['68000', true],
      ['45000', true],
      ['68000', true],
    ]);
  });

  it('A3 quirk 10 one that moved is a price, and a constant after it is none', async () => {
    const bench = await benches.start({ dialect: 'plain' });
    const constant = { price: 45_000, change24h: 0, volume24h: 0 };
    for (const figures of [{ price: 68_000 }, { price: 68_001 }, constant, { price: 68_001 }])
      await tell(bench, figures);
    expect(told(bench, 'BTC')).toEqual([
      ['68000', true],
      ['68001', undefined],
      ['45000', true],
      ['68001', undefined],
    ]);
  });

  it('A3 quirk 10 while the exchange is not known to answer none counts', async () => {
    const away = { status: 500, json: { error: 'away', message: 'away' } };
    const bench = await benches.start({
      dialect: 'plain',
      given: (server) => server.on('GET /kana-labs/status', away),
    });
    await tell(bench, { price: 68_000 });
    await tell(bench, { price: 68_001 });
    expect(told(bench, 'BTC').at(-1)).toEqual(['68001', true]);
  });
});
