import { afterEach, describe, expect, it } from 'vitest';

import type { TestContext } from '../testing/test-context.ts';
import { createTestContext } from '../testing/test-context.ts';
import { createDesk } from './desk.ts';
import { openHttp } from './http.ts';
import type { Announcements } from './intake.ts';
import { takeMessage } from './intake.ts';
import { readDefinitions } from './reads.ts';
import { createSession } from './session.ts';
import type { Bench } from './testing/bench.ts';
import { ALPHA, createBenches, WALLET } from './testing/bench.ts';
import { recordedAnswer, recordedEvents, recordedReply } from './testing/recordings.ts';

const benches = createBenches();
afterEach(benches.close);

const ANNOUNCE: Announcements = {
  copiesChanged: () => undefined,
  traderTraded: () => undefined,
  subscriptionFailed: () => undefined,
};

function listen(): TestContext & { take(text: string): ReturnType<typeof takeMessage> } {
  const test = createTestContext({
    config: {
      id: 'copy',
      kind: 'copy-trading',
      address: 'http://127.0.0.1:5001',
      options: { wallet: WALLET },
    },
  });
  const { context } = test;
  const desk = createDesk(context, createSession(openHttp(context).api, WALLET, context.clock), context.emit);
  return { ...test, take: (text) => takeMessage(text, desk, ANNOUNCE) };
}

describe('recorded events of the plain server', () => {
  it.each(recordedEvents().map((text, index) => [index, text] as const))(
    'event %i is taken, with the time that the server put on it',
    (_index, text) => {
      const name = (JSON.parse(text) as [string])[0];
      const verdict = listen().take(text);
      expect(verdict.kind).toBe(name === 'market_data_update' ? 'data' : 'keep-alive');
      expect(verdict).toHaveProperty('sentAtMs', expect.closeTo(1_795_216_750_000, -6));
    },
  );

  it('become quotes by asset, in which the zeros of a fallback are no figures', () => {
    const desk = listen();
    for (const text of recordedEvents()) desk.take(text);
    expect(desk.entries('quotes').map(({ id, price }) => [id, price])).toEqual([
      ['APT', '8.5'],
      ['BTC', '45000'],
      ['ETH', '2500'],
      ['USDC', '1'],
      ['USDT', '1'],
    ]);
    expect(desk.entries('quotes')[0]).toMatchObject({ asset: 'APT', change24hPct: null, volume24h: null });
    expect(desk.of('portfolio')).toEqual([]);
  });
});

describe('recorded answers', () => {
  it('become traders, copies, the history and quotes with the figures that were sent', async () => {
    const bench = await benches.start();
    expect(bench.entries('traders').slice(0, 3)).toMatchObject([
      { id: '0x9876543210fedcba', name: 'Risk Taker', riskLevel: 'high', monthlyReturnPct: '45.7' },
      { id: ALPHA, name: 'Alpha Trader', winRatePct: '75', sharpeRatio: 1.8, averageHold: '2.5d' },
      {
        id: '0xabcdef1234567890',
        name: 'Steady Eddie',
        followers: 890,
        totalVolume: '1800000',
        active: true,
      },
    ]);
    const [apt, btc] = bench.entries('positions').filter(({ owner }) => owner === 'copy');
    expect(apt).toMatchObject({
      symbol: 'APT/USDC',
      side: 'long',
      entryPrice: '8.5',
      markPrice: '8.93',
      value: '5250',
      pnl: '250',
      stopLoss: '8.08',
      takeProfit: '10.2',
      openedAtMs: Date.UTC(2024, 8, 1, 10),
    });
    // 5000 and 10000 of money were put in.
    expect(Number(apt?.quantity)).toBeCloseTo(588.24, 2);
    expect(Number(btc?.quantity)).toBeCloseTo(0.153846, 6);
    expect(bench.of('trade').map(({ trade }) => trade)).toMatchObject([
      { side: 'buy', instrument: 'APT', quantity: '588.24', averagePrice: '8.5', status: 'simulated' },
    ]);
    expect(bench.entries('quotes').map(({ id, price }) => [id, price])).toEqual([
      ['APT/USDC', '8.93'],
      ['BTC/USDC', '68250'],
      ['ETH/USDC', '3420'],
    ]);
  });

  const read = (bench: Bench, id: string) =>
    bench.backend.read(id, { traderId: ALPHA, symbol: 'APT/USDC' }, new AbortController().signal);
  const T = '/copy-trading';
  it.each([
    ['trader-trades', 'GET /traders/89f56ad6-3145-427a-9c22-da76a58b2648/trades', 'trader trades', 2],
    ['trader-positions', `GET ${T}/positions/${ALPHA}`, 'copy positions', 1],
    [
      'trader-live',
      'GET /realtime/traders/89f56ad6-3145-427a-9c22-da76a58b2648/performance',
      'realtime trader performance',
      1,
    ],
    ['traders.filtered', 'GET /traders', 'traders filtered', 1],
    ['traders.top', 'GET /realtime/traders/top-performers', 'realtime top performers', 1],
    ['portfolio.positions', 'GET /portfolio/positions', 'portfolio positions', 2],
    ['portfolio.history', 'GET /portfolio/history', 'portfolio history', 1],
    ['market-overview', 'GET /market/prices', 'market prices', 1],
  ])('%s shows the rows of %s', async (id, call, name, rows) => {
    const bench = await benches.start({ given: (server) => server.on(call, { json: recordedAnswer(name) }) });
    expect(await read(bench, id)).toHaveLength(rows);
  });

  it.each([
    [
      'trader-performance',
      `GET ${T}/performance/${ALPHA}`,
      'copy performance',
      { balance: { availableBalance: 500 } },
    ],
    ['copy-stats', `GET ${T}/stats/${ALPHA}/${WALLET}`, 'copy stats', { totalCopiedTrades: 1 }],
    ['portfolio', 'GET /portfolio', 'portfolio', { totalValue: 15_750.25 }],
    ['portfolio.metrics', 'GET /portfolio/metrics', 'portfolio metrics', { maxDrawdown: -8.2 }],
    ['profile', 'GET /auth/profile', 'profile any scheme', { walletAddress: WALLET }],
    ['market.status', 'GET /market/status', 'market status', { services: { fallback: true } }],
    ['upstream', 'GET /kana-labs/status', 'kana status', { status: 'connected' }],
  ])('%s shows the figures of %s', async (id, call, name, figures) => {
    const bench = await benches.start({ given: (server) => server.on(call, { json: recordedAnswer(name) }) });
    expect(await read(bench, id)).toMatchObject(figures);
  });

  it.each([
    ['follow', 'follow twice', 'followed already'],
    ['follow', 'follow unknown', 'Trader not found'],
    ['follow', 'follow missing', 'required'],
    ['unfollow', 'profile bad', 'Invalid token'],
    ['copy.execute', 'copy execute invalid', 'Follower wallet address required'],
  ])('%s answered by “%s” is refused in the server’s words', async (act, name, words) => {
    const call = act === 'copy.execute' ? 'POST /copy-trading/execute' : `POST /traders/${act}`;
    const bench = await benches.start({ given: (server) => server.on(call, recordedReply(name)) });
    const params = {
      traderId: ALPHA,
      traderWallet: ALPHA,
      amount: '10',
      marketId: 'APT',
      side: 'buy',
      originalSize: '1',
    };
    const answer = await bench.backend.acting.perform(act, params, { requestId: 'r', origin: 'window' });
    expect(answer).toMatchObject({ kind: 'refused', message: expect.stringContaining(words) as string });
  });

  it('unfollowing one who is not followed is what was wanted', async () => {
    const bench = await benches.start({
      given: (server) => server.on('POST /traders/unfollow', recordedReply('unfollow twice')),
    });
    const answer = await bench.backend.acting.perform(
      'unfollow',
      { traderId: ALPHA },
      { requestId: 'r', origin: 'window' },
    );
    expect(answer.kind).toBe('accepted');
  });
});

it('no read has the id of another', () => {
  const ids = readDefinitions.map(({ descriptor }) => descriptor.id);
  expect(new Set(ids).size).toBe(ids.length);
});
