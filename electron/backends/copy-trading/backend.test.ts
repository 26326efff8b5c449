import { afterEach, describe, expect, it } from 'vitest';

import { createManualClock } from '../../lib/clock.ts';
import type { TestContext } from '../testing/test-context.ts';
import { createTestContext } from '../testing/test-context.ts';
import type { Backend } from '../port.ts';
import { PONG_WITHIN_MS } from './channel.ts';
import { copyTrading } from './kind.ts';
import { SIGNATURE } from './session.ts';
import { recordedAnswer } from './testing/recordings.ts';
import type { StubServer } from './testing/stub-server.ts';
import { startStubServer } from './testing/stub-server.ts';

/** One backend against a real HTTP and Socket.IO server of either dialect, on a clock that the test moves. */
const ALPHA = '0x1234567890abcdef';
const WALLET = '0xabc';
let server: StubServer;
let backend: Backend;
let test: TestContext;
const clock = createManualClock();

async function start(
  dialect: 'plain' | 'realtime',
  given: (server: StubServer) => void = () => undefined,
): Promise<void> {
  server = await startStubServer(dialect);
  given(server);
  test = createTestContext({
    config: {
      id: 'copy',
      kind: 'copy-trading',
      address: `${server.address}/api`,
      options: { wallet: WALLET },
    },
    clock,
  });
  backend = copyTrading.create(test.context);
  backend.start();
  await test.event('link-status', ({ status }) => status.state.kind === 'live');
  await server.heard.until(({ event }) => event === 'ping');
}

const counting = (count: number): { json: unknown } => {
  const { portfolio } = recordedAnswer('portfolio') as { portfolio: object };
  return { json: { success: true, portfolio: { ...portfolio, followingCount: count } } };
};
const by = { requestId: 'request-1', origin: 'window' };
const followAlpha = { traderId: ALPHA, amount: '1000' };

afterEach(async () => {
  backend.dispose();
  await server.close();
});

describe('connecting', () => {
  it('quirk 1 a pong makes it the realtime server, which is asked by trader ids and for its market', async () => {
    await start('realtime');
    const { payloads } = await server.heard.until(({ event }) => event === 'subscribe_market');
    expect(payloads).toEqual([{ symbols: ['APT/USDC', 'BTC/USDC', 'ETH/USDC'] }]);
  });

  it('quirk 2 without a pong it is the plain server, and every event carries an object', async () => {
    await start('plain');
    await clock.advance(PONG_WITHIN_MS);
    const { payloads } = await server.heard.until(({ event }) => event === 'get_portfolio');
    expect(payloads).toEqual([{ walletAddress: WALLET }]);
    expect(server.heard.all.every(({ payloads: [payload] }) => typeof payload === 'object')).toBe(true);
  });

  it('quirk 5 signs in without a signature, and says so', async () => {
    await start('realtime');
    const login = server.asked.all.find(({ call }) => call === 'POST /auth/login');
    expect(login?.body).toEqual({ walletAddress: WALLET, signature: SIGNATURE });
  });

  it('quirk 7 traders are known by their wallets', async () => {
    await start('realtime');
    const alpha = test.entries('traders').find(({ id }) => id === ALPHA);
    expect(alpha).toMatchObject({ name: 'Alpha Trader', serverId: '89f56ad6-3145-427a-9c22-da76a58b2648' });
  });

  it('quirk 10 samples are marked, and their total is told to nobody', async () => {
    await start('realtime');
    expect(test.entries('positions').filter(({ owner }) => owner === 'copy')).toMatchObject([
      { symbol: 'APT/USDC', simulated: true, pnlPct: '5' },
      { symbol: 'BTC/USDC', simulated: true },
    ]);
    expect(test.of('portfolio')).toEqual([]);
  });
});

describe('following', () => {
  it('is written down before it is sent, and confirmed by the count', async () => {
    await start('realtime');
    const remembered: unknown[] = [];
    server.on('POST /traders/follow', () => {
      remembered.push(test.entries('follows').at(-1)?.state);
      return { json: recordedAnswer('follow') };
    });
    const answer = await backend.acting.perform('follow', followAlpha, by);
    expect(answer.kind).toBe('accepted');
    expect(remembered).toEqual(['unverified']);
    expect(server.asked.all.at(-1)?.body).toEqual({
      traderId: '89f56ad6-3145-427a-9c22-da76a58b2648',
      amount: 1000,
      copySettings: { maxTradeSize: 100, stopLoss: 5, takeProfit: 20 },
    });
    server.on('GET /portfolio', counting(1));
    expect((await backend.acting.verify('follow', followAlpha, answer)).kind).toBe('confirmed');
    expect(test.entries('follows').at(-1)).toMatchObject({ id: ALPHA, state: 'following' });
  });

  it('quirk 7 what a restarted server has forgotten is lost, and not followed again', async () => {
    await start('realtime');
    await backend.acting.perform('follow', followAlpha, by);
    server.on('GET /portfolio', counting(0));
    await backend.refresh();
    expect(test.entries('follows').at(-1)).toMatchObject({ id: ALPHA, state: 'lost' });
    expect(server.asked.all.filter(({ call }) => call === 'POST /traders/follow')).toHaveLength(1);
  });

  it('an amount of zero is refused before it is sent', async () => {
    await start('realtime');
    const answer = await backend.acting.perform('follow', { traderId: ALPHA, amount: '0' }, by);
    expect(answer.kind).toBe('refused');
    expect(server.asked.all.some(({ call }) => call === 'POST /traders/follow')).toBe(false);
  });
});

describe('PANIC', () => {
  it('K4 unfollows the list, reads the count back, and resuming follows nobody again', async () => {
    await start('realtime');
    await backend.acting.perform('follow', followAlpha, by);
    server.on('GET /portfolio', counting(1));
    expect((await backend.panic?.read())?.enabled).toBe(false);
    expect((await backend.panic?.halt('test'))?.kind).toBe('accepted');
    server.on('GET /portfolio', counting(0));
    expect((await backend.panic?.read())?.enabled).toBe(true);
    await backend.panic?.resume('test');
    expect((await backend.panic?.read())?.enabled).toBe(false);
    expect(server.asked.all.filter(({ call }) => call === 'POST /traders/follow')).toHaveLength(1);
  });

  it('K4 follows that the desk does not know of are no halt', async () => {
    await start('realtime', (stub) => stub.on('GET /portfolio', counting(2)));
    await backend.panic?.halt('test');
    expect(await backend.panic?.read()).toMatchObject({
      enabled: false,
      reason: 'the server counts 2 follows the desk does not know; unfollow them on its page',
    });
  });
});

describe('orders', () => {
  const order = {
    traderWallet: ALPHA,
    marketId: 'APT-USDC',
    side: 'buy',
    originalSize: '10',
    copyRatio: '0.5',
    maxTradeSize: '20',
  };

  it.each(['rule', 'assistant', 'desk'])('quirk 11 are not sent for %s', async (origin) => {
    await start('realtime');
    const answer = await backend.acting.perform('copy.execute', order, { ...by, origin });
    expect(answer.kind).toBe('refused');
    expect(server.asked.all.some(({ call }) => call === 'POST /copy-trading/execute')).toBe(false);
  });

  it('are cut to the most of one trade', async () => {
    await start('realtime');
    expect((await backend.acting.perform('copy.execute', order, by)).kind).toBe('accepted');
    const { originalSize, copyRatio } = server.asked.all.at(-1)?.body as Record<string, number>;
    expect((originalSize ?? 0) * (copyRatio ?? 0)).toBeCloseTo(20 / 8.93, 6);
  });
});
