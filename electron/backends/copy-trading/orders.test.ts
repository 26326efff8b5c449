import { afterEach, describe, expect, it } from 'vitest';

import type { Params } from '../port.ts';
import { ALPHA, BY, containing, copyRow, createBenches } from './testing/bench.ts';
import type { Bench } from './testing/bench.ts';
import { recordedAnswer } from './testing/recordings.ts';

const benches = createBenches();
afterEach(benches.close);

const order = {
  traderWallet: ALPHA,
  marketId: 'apt/usdc',
  side: 'buy',
  originalSize: '10',
  copyRatio: '0.5',
};
const blocks = async (bench: Bench, act: string, params: Params): Promise<string[]> =>
  (await bench.backend.acting.prepare(act, params)).checks
    .filter(({ verdict }) => verdict === 'block')
    .map(({ id }) => id);

describe('a copied order', () => {
  it('goes out in the size that the limits leave, with its stops', async () => {
    const bench = await benches.start();
    await bench.act('follow', { traderId: ALPHA, amount: '200' });
    const params = { ...order, stopLoss: '8', takeProfit: '10', leverage: '2' };
    expect(await blocks(bench, 'copy.execute', params)).toEqual([]);
    const answer = await bench.backend.acting.perform('copy.execute', params, BY);
    expect(answer).toMatchObject({ kind: 'accepted', message: containing('order ord-9') });
    const [{ body } = { body: null }] = bench.calls('POST /copy-trading/execute');
    const { copyRatio, ...rest } = body as Record<string, unknown>;
    expect(rest).toEqual({
      traderWallet: ALPHA,
      followerWallet: '0xabc',
      marketId: 'APT-USDC',
      side: 'buy',
      originalSize: 10,
      riskParams: { leverage: 2, stopLoss: 8, takeProfit: 10 },
    });
    // A tenth of the amount is the most of one trade, at the price of 8.93.
    expect(Number(copyRatio) * 10).toBeCloseTo(20 / 8.93, 6);
    expect((await bench.backend.acting.verify('copy.execute', params, answer)).kind).toBe('unverifiable');
  });

  it.each([
    [{ side: 'both' }, 'side'],
    [{ marketId: '../risk/1' }, 'marketId'],
    [{ originalSize: '0' }, 'originalSize'],
    [{ copyRatio: '11' }, 'copyRatio'],
    [{ stopLoss: '9' }, 'wrong side'],
  ])('%o is refused before it is sent', async (given, words) => {
    const bench = await benches.start();
    const answer = await bench.backend.acting.perform('copy.execute', { ...order, ...given }, BY);
    expect(answer).toMatchObject({ kind: 'refused', message: containing(words) });
    expect(bench.calls('POST /copy-trading/execute')).toEqual([]);
    expect(await blocks(bench, 'copy.execute', { ...order, ...given })).toHaveLength(1);
  });

  it('an answer that is no order leaves its fate unknown', async () => {
    const bench = await benches.start();
    bench.server.on('POST /copy-trading/execute', { json: { success: true } });
    expect((await bench.backend.acting.perform('copy.execute', order, BY)).kind).toBe('unknown');
  });
});

describe('stop-loss and take-profit', () => {
  const RISK = 'PUT /copy-trading/risk/ord-1';
  const updated = (count: number) => ({
    json: { success: true, data: { updatedParameters: Array(count).fill({}) } },
  });
  const position = { positionId: 'copy:c1' };
  const start = () => benches.start({ given: (server) => server.on('GET /portfolio/positions', copyRow()) });

  it('are sent to the order that opened the copy, and read back', async () => {
    const bench = await start();
    bench.server.on(RISK, () => {
      bench.server.on('GET /portfolio/positions', copyRow({ stopLoss: 8.5, takeProfit: 10 }));
      return updated(2);
    });
    const { answer, verification } = await bench.act('position.stops', {
      ...position,
      stopLoss: '8.5',
      takeProfit: '10',
    });
    expect([answer.kind, verification.kind]).toEqual(['accepted', 'confirmed']);
    expect(bench.calls(RISK)[0]?.body).toEqual({ stopLoss: 8.5, takeProfit: 10 });
  });

  it('that the list does not show are said to be unverified', async () => {
    const bench = await start();
    bench.server.on(RISK, updated(1));
    expect((await bench.act('position.stops', { ...position, stopLoss: '8.5' })).verification).toMatchObject({
      kind: 'unverifiable',
      message: containing('look at the exchange'),
    });
  });

  it('of which only a part was changed leave it unknown', async () => {
    const bench = await start();
    bench.server.on(RISK, updated(1));
    const { answer } = await bench.act('position.stops', { ...position, stopLoss: '8.5', takeProfit: '10' });
    expect(answer).toMatchObject({ kind: 'unknown', message: containing('changed 1 of 2') });
  });

  it.each([
    [{}, ['stops']],
    [{ stopLoss: '9.1' }, ['stop-side']],
    [{ takeProfit: '8.9' }, ['profit-side']],
    [{ stopLoss: '8', positionId: 'copy:gone' }, ['position', 'order']],
  ])('%o is blocked', async (given, ids) => {
    const bench = await start();
    const params = { ...position, ...given };
    expect(await blocks(bench, 'position.stops', params)).toEqual(ids);
    expect((await bench.backend.acting.perform('position.stops', params, BY)).kind).toBe('refused');
    expect(bench.calls(RISK)).toEqual([]);
  });

  it('a stop that lets more be lost is warned of', async () => {
    const bench = await start();
    const { checks } = await bench.backend.acting.prepare('position.stops', { ...position, stopLoss: '7' });
    expect(checks.find(({ id }) => id === 'stop-wider')).toMatchObject({ verdict: 'warn' });
  });

  it('the order of a copy that was opened from here is known without being told', async () => {
    const bench = await benches.start();
    await bench.backend.acting.perform('copy.execute', order, BY);
    bench.server.on('GET /portfolio/positions', copyRow({ orderId: undefined, openedAt: bench.clock.now() }));
    await bench.backend.refresh();
    expect(bench.entries('positions').at(-1)).toMatchObject({ orderId: 'ord-9' });
    // One that was there before is another: its stop-loss is none of that order's.
    bench.server.on('GET /portfolio/positions', copyRow({ orderId: undefined }));
    await bench.backend.refresh();
    expect(bench.entries('positions').at(-1)).toMatchObject({ orderId: null });
  });
});

describe('preferences', () => {
  it('are sent as they were given, and nothing is refused', async () => {
    const bench = await benches.start();
    bench.server.on('PUT /auth/profile', { json: recordedAnswer('profile put') });
    const params = { dailyLimit: '5', riskTolerance: 'low', allowedTokens: 'APT, BTC' };
    expect((await bench.backend.acting.perform('preferences', params, BY)).kind).toBe('accepted');
    expect(bench.calls('PUT /auth/profile')[0]?.body).toEqual({
      preferences: { dailyLimit: 5, riskTolerance: 'low', allowedTokens: ['APT', 'BTC'] },
    });
    expect((await bench.backend.acting.perform('preferences', {}, BY)).kind).toBe('refused');
  });
});
