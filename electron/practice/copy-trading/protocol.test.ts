import { readFileSync } from 'node:fs';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { DAY_MS, MINUTE_MS, SECOND_MS } from '#shared/time.ts';

import type { ManualClock } from '../../lib/clock.ts';
import type { Practice } from '../practice.ts';
import type { Client } from '../testing/practice-client.ts';
import { startForTest } from '../testing/practice-client.ts';
import type { CopyClient } from './testing/copy-client.ts';
import { createCopyClient } from './testing/copy-client.ts';

let practice: Practice;
let clock: ManualClock;
let control: Client['control'];
let caller: CopyClient;

beforeEach(async () => {
  const started = await startForTest();
  ({ practice, clock } = started);
  control = (name, body) => started.client.control(name, body);
  caller = createCopyClient(practice.ready);
});
afterEach(() => practice.stop());

describe('the shapes of the recordings', () => {
  const recorded = readRecording();

  it.each([
    ['traders', 'GET', '/api/traders'],
    ['traders filtered', 'GET', '/api/traders?riskLevel=low'],
    ['top', 'GET', '/api/traders/top?limit=1'],
    ['trader unknown', 'GET', '/api/traders/nobody'],
    ['follow noauth', 'POST', '/api/traders/follow'],
    ['login missing', 'POST', '/api/auth/login'],
    ['realtime market-data', 'GET', '/api/realtime/market-data'],
    ['realtime market-data one', 'GET', '/api/realtime/market-data/ETH%2FUSDC'],
    ['realtime market-data unknown', 'GET', '/api/realtime/market-data/NOPE%2FUSDC'],
    ['realtime top performers', 'GET', '/api/realtime/traders/top-performers'],
    ['copy execute invalid', 'POST', '/api/copy-trading/execute'],
    ['market prices', 'GET', '/api/market/prices'],
    ['market status', 'GET', '/api/market/status'],
    ['kana status', 'GET', '/api/kana-labs/status'],
    ['unknown', 'GET', '/api/nothing'],
    ['GET /health', 'GET', '/health'],
  ])('%s', async (name, method, path) => {
    const { status, body } = await caller.call(method, path, method === 'POST' ? {} : undefined);
    expectLike(body, status, recorded.get(name));
  });

  it.each([
    ['portfolio', '/api/portfolio'],
    ['portfolio positions', '/api/portfolio/positions'],
    ['portfolio history', '/api/portfolio/history'],
    ['portfolio metrics', '/api/portfolio/metrics'],
    ['profile any scheme', '/api/auth/profile'],
    ['realtime positions live with valid jwt', '/api/realtime/positions/live'],
    ['realtime portfolio live with valid jwt', '/api/realtime/portfolio/live'],
  ])('%s, with a position', async (name, path) => {
    const { token } = await followFirst();
    await control('copy-trade', { trader: 'gretaledger', side: 'buy', symbol: 'ETH', amount: 2 });
    const { status, body } = await caller.call('GET', path, undefined, token);
    expectLike(body, status, recorded.get(name));
  });

  it('follow, twice, unknown, missing; unfollow, twice', async () => {
    const token = await caller.signIn();
    const traderId = await idOf('gretaledger');
    const post = async (path: string, body: object) => {
      const answer = await caller.call('POST', `/api/traders/${path}`, body, token);
      return { status: answer.status, body: answer.body };
    };
    const heard = {
      'follow missing': await post('follow', { traderId, amount: 0 }),
      follow: await post('follow', { traderId, amount: 100 }),
      'follow twice': await post('follow', { traderId, amount: 100 }),
      'follow unknown': await post('follow', { traderId: 'nobody', amount: 100 }),
      unfollow: await post('unfollow', { traderId }),
      'unfollow twice': await post('unfollow', { traderId }),
    };
    for (const [name, answer] of Object.entries(heard)) expect(answer, name).toEqual(recorded.get(name));
  });

  it('copy subscribe, positions, performance and stats of a wallet, an order and its stops', async () => {
    const order = {
      traderWallet: '0x1',
      followerWallet: '0x2',
      marketId: 'ETH-USDC',
      side: 'buy',
      originalSize: 1,
    };
    const placed = await caller.call('POST', '/api/copy-trading/execute', { ...order, copyRatio: 0.5 });
    expectLike(placed.body, placed.status, recorded.get('copy execute'));
    const { orderId } = placed.body.data as { orderId: string };
    for (const [name, method, path, body] of [
      [
        'copy subscribe',
        'POST',
        'subscribe',
        { traderWallet: '0x1', followerWallet: '0x2', copySettings: { ratio: 0.5 } },
      ],
      ['copy positions', 'GET', 'positions/0x2', undefined],
      ['copy performance', 'GET', 'performance/0x2', undefined],
      ['copy stats', 'GET', 'stats/0x1/0x2', undefined],
      ['risk update', 'PUT', `risk/${orderId}`, { stopLoss: 1 }],
    ] as const) {
      const answer = await caller.call(method, `/api/copy-trading/${path}`, body);
      expectLike(answer.body, answer.status, recorded.get(name));
    }
  });

  it('a body that is no JSON is refused with path and time', async () => {
    const { status, body } = await caller.call('POST', '/api/auth/login', '{bad');
    expectLike(body, status, recorded.get('bad json'));
  });

  it('a trader trades once, and the trade has the recorded shape', async () => {
    await control('copy-trade', { trader: 'gretaledger', side: 'buy', symbol: 'ETH', amount: 2 });
    const { status, body } = await caller.call('GET', `/api/traders/${await idOf('gretaledger')}/trades`);
    expectLike(body, status, recorded.get('trader trades'));
  });
});

describe('who asks, and how often', () => {
  it('names why a token is refused, and takes it under any scheme', async () => {
    const token = await caller.signIn();
    const { address } = practice.ready.backends.find(({ kind }) => kind === 'copy-trading') ?? {
      address: '',
    };
    const profile = async (authorization?: string) => {
      const answer = await fetch(`${address}/api/auth/profile`, {
        headers: authorization === undefined ? {} : { authorization },
      });
      return `${answer.status} ${await answer.text()}`;
    };
    expect(await profile()).toBe('401 {"error":"No authorization header provided"}');
    expect(await profile(token)).toBe('401 {"error":"No token provided"}');
    expect(await profile('Bearer a.b.c')).toBe('401 {"error":"Invalid token"}');
    expect(await profile(`Anything ${token}`)).toMatch(/^200 /);
    clock.jump(DAY_MS);
    expect(await profile(`Bearer ${token}`)).toBe('401 {"error":"Token expired"}');
  });

  it('quirk 6 a hundred requests in fifteen minutes of the clock, then a sentence; health is not counted', async () => {
    const first = await caller.call('GET', '/api/market/status');
    expect(first.headers.get('x-ratelimit-remaining')).toBe('99');
    for (let count = 1; count < 100; count += 1) await caller.call('GET', '/api/market/status');
    const refused = await caller.call('GET', '/api/traders');
    expect(refused.status).toBe(429);
    expect(refused.headers.get('content-type')).toMatch(/^text\/html/);
    expect(refused.headers.get('retry-after')).toBe('900');
    expect((await caller.call('GET', '/health')).status).toBe(200);
    clock.jump(15 * MINUTE_MS);
    expect((await caller.call('GET', '/api/traders')).status).toBe(200);
  });

  it('quirk 12 an upstream that does not answer is a 500 with error and message', async () => {
    await control('copy-upstream', { up: false });
    const { status, body } = await caller.call('GET', '/api/realtime/traders/top-performers');
    expect(status).toBe(500);
    expect(Object.keys(body)).toEqual(['error', 'message']);
    expect((await caller.call('GET', '/api/kana-labs/status')).status).toBe(500);
  });

  it('quirk 7 a restart gives new ids to the same wallets and forgets users and follows; the token still verifies', async () => {
    const { token, traderId } = await followFirst();
    const before = await wallets();
    await control('copy-restart');
    expect(await wallets()).toEqual(before);
    expect((await caller.call('GET', `/api/traders/${traderId}`)).status).toBe(404);
    expect((await caller.call('GET', '/api/auth/profile', undefined, token)).status).toBe(404);
    const { portfolio } = (await caller.call('GET', '/api/portfolio', undefined, token)).body;
    expect(portfolio).toMatchObject({ followingCount: 0, activePositions: 0 });
  });
});

describe('the realtime dialect', () => {
  it('a wrong token makes a guest without a word, a right one an owner', async () => {
    const guest = await caller.connect({ token: 'wrong' });
    guest.emit('get_portfolio');
    expect(Object.keys(await guest.first('error'))).toEqual(['message']);
    const owner = await caller.connect({ token: await caller.signIn() });
    owner.emit('get_portfolio', {});
    expect(await owner.first('portfolio_update')).toMatchObject({ totalValue: 10_000, activePositions: 0 });
    guest.close();
    owner.close();
  });

  it('answers ping, and sends a trade and its figures to those who subscribed alone', async () => {
    const [subscribed, other] = [await caller.connect(), await caller.connect()];
    const traderId = await idOf('gretaledger');
    subscribed.emit('subscribe_trader', { traderId });
    expect(await subscribed.first('subscription_confirmed')).toMatchObject({ type: 'trader', traderId });
    other.emit('ping', {});
    expect(await other.first('pong')).toEqual({ timestamp: clock.now() });
    await control('copy-trade', { trader: 'gretaledger', side: 'buy', symbol: 'ETH', amount: 2 });
    expect(await subscribed.first('trade_update')).toMatchObject({
      type: 'trade_execution',
      data: { traderId, symbol: 'ETH/USDC', side: 'buy', amount: 2, positionSize: 2, pnl: 0 },
      timestamp: clock.now(),
    });
    await subscribed.first('trader_performance', ({ type }) => type === 'performance_update');
    other.emit('ping', {});
    await other.first('pong', () => other.of('pong').length === 2);
    expect(other.of('trade_update')).toEqual([]);
    subscribed.close();
    other.close();
  });

  it('tells prices of the markets that were asked for, and words of the engine where the list is missing', async () => {
    const socket = await caller.connect();
    socket.emit('subscribe_market', {});
    expect(await socket.first('subscription_error')).toMatchObject({ type: 'market' });
    socket.emit('subscribe_market', { symbols: ['ETH/USDC'] });
    await socket.first('subscription_confirmed');
    await clock.advance(2 * SECOND_MS);
    const update = await socket.first('market_update');
    expect(update).toMatchObject({ type: 'price_update', data: { symbol: 'ETH/USDC' } });
    expect(socket.of('market_update').map(({ data }) => (data as { symbol: string }).symbol)).toEqual([
      'ETH/USDC',
    ]);
    socket.close();
  });

  it('refuses subscriptions while the upstream is not connected', async () => {
    await control('copy-upstream', { up: false });
    const socket = await caller.connect();
    socket.emit('subscribe_trader', { traderId: 'x' });
    expect(await socket.first('subscription_error')).toMatchObject({ type: 'trader' });
    socket.close();
  });
});

describe('the plain dialect', () => {
  it('quirk 1 drops who is connected, knows no ping, and names traders by wallet', async () => {
    const before = await caller.connect();
    await control('copy-dialect', { dialect: 'plain' });
    await before.closed;
    const socket = await caller.connect();
    socket.emit('ping', {});
    const { copyTrading } = (await control('state')) as { copyTrading: { shownTrader: string } };
    socket.emit('subscribe_trader', { traderWallet: copyTrading.shownTrader });
    expect(await socket.first('trader_performance')).toMatchObject({
      type: 'performance_update',
      data: { traderId: copyTrading.shownTrader },
    });
    expect(socket.of('pong')).toEqual([]);
    socket.close();
  });

  it('quirk 4 answers for any wallet, and broadcasts a foreign one to everybody', async () => {
    await control('copy-dialect', { dialect: 'plain' });
    const socket = await caller.connect();
    socket.emit('get_portfolio', { walletAddress: '0xabc' });
    const answered = await socket.first('portfolio_update');
    const [, recorded] = /"portfolio_update",(\{.*\})\]/.exec(capture('sio-5001')) ?? [];
    expect(Object.keys(answered)).toEqual(Object.keys(JSON.parse(recorded ?? '{}') as object));
    await clock.advance(300 * SECOND_MS);
    const foreign = await socket.first('portfolio_update', ({ walletAddress }) => walletAddress !== '0xabc');
    expect(foreign.walletAddress).not.toBe(caller.wallet);
    expect(socket.of('trader_performance_update')).toHaveLength(20);
    expect(socket.of('market_data_update')).toHaveLength(2);
    socket.close();
  });

  it('quirk 2 an empty payload takes the server down, and it comes back knowing nobody', async () => {
    await control('copy-dialect', { dialect: 'plain' });
    const { token } = await followFirst();
    const socket = await caller.connect();
    socket.emit('subscribe_trader');
    await socket.closed;
    await expect(caller.call('GET', '/health')).rejects.toThrow();
    await expect(caller.connect()).rejects.toThrow();
    clock.jump(3 * SECOND_MS);
    expect((await caller.call('GET', '/api/auth/profile', undefined, token)).status).toBe(404);
    expect(await control('state')).toMatchObject({ copyTrading: { crashes: 1, follows: [] } });
  });
});

async function wallets(): Promise<unknown[]> {
  const { traders } = (await caller.call('GET', '/api/traders')).body;
  return (traders as { walletAddress: string }[]).map(({ walletAddress }) => walletAddress);
}

async function idOf(username: string): Promise<string> {
  const { traders } = (await caller.call('GET', '/api/traders')).body;
  return (traders as { id: string; username: string }[]).find((one) => one.username === username)?.id ?? '';
}

async function followFirst(): Promise<{ token: string; traderId: string }> {
  const token = await caller.signIn();
  const traderId = await idOf('gretaledger');
  await caller.call('POST', '/api/traders/follow', { traderId, amount: 1_000 }, token);
  return { token, traderId };
}

/** Every member that the recording has is there, with a value of its type; lists are compared by their first entries. */
function expectLike(
  body: unknown,
  status: number,
  wanted: { status: number; body: unknown } | undefined,
): void {
  expect(status).toBe(wanted?.status);
  expect(typesOf(body, wanted?.body)).toEqual(typesOf(wanted?.body, wanted?.body));
}

function typesOf(value: unknown, wanted: unknown): unknown {
  if (Array.isArray(wanted)) return Array.isArray(value) ? [typesOf(value[0], wanted[0])] : typeof value;
  if (typeof wanted !== 'object' || wanted === null) return typeof value;
  if (typeof value !== 'object' || value === null) return typeof value;
  const given = new Map(Object.entries(value));
  return Object.fromEntries(
    Object.entries(wanted).map(([name, one]) => [name, typesOf(given.get(name), one)]),
  );
}

function capture(name: string): string {
  return readFileSync(new URL(`./fixtures/copy-trading-${name}.txt`, import.meta.url), 'utf8');
}

function readRecording(): Map<string, { status: number; body: unknown }> {
  const found = new Map<string, { status: number; body: unknown }>();
  for (const [, name = '', text = '', status] of capture('rest').matchAll(
    /^### (.+)\n(.*)\n<- HTTP (\d+)/gm,
  )) {
    try {
      found.set(name, { status: Number(status), body: JSON.parse(text) });
    } catch {
      // One recording was cut; it is no fixture.
    }
  }
  return found;
}
