import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { HOUR_MS, MINUTE_MS, SECOND_MS } from '#shared/time.ts';

import type { ManualClock } from '../../lib/clock.ts';
import type { PracticeOptions } from '../port.ts';
import type { Practice } from '../practice.ts';
import type { Client } from '../testing/practice-client.ts';
import { startForTest } from '../testing/practice-client.ts';
import type { CopyClient } from './testing/copy-client.ts';
import { createCopyClient } from './testing/copy-client.ts';

let practice: Practice;
let clock: ManualClock;
let control: Client['control'];
let caller: CopyClient;
let token: string;
let folder: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'quarterdeck-copy-'));
  await start();
});
afterEach(async () => {
  await practice.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('a follow and its copies', () => {
  it('copies each trade of the trader under the limits, and its exit; the shared account is not touched', async () => {
    const shared = practice.desk.account.balances();
    await follow({ amount: 1_000 });
    await trade('buy', 100);
    const [copy] = await open();
    // That many are a good part of the trader's money; a tenth of the amount is the most for one trade.
    expect(copy).toMatchObject({ traderName: 'Greta Ledger', symbol: 'SOL/USDC', type: 'long', amount: 100 });
    const price = practice.desk.market.price('SOL');
    expect(copy?.stopLoss).toBeCloseTo(price * 0.95, 1);
    expect(copy?.takeProfit).toBeCloseTo(price * 1.2, 1);

    await control('price', { symbol: 'SOL', price: price * 1.02 });
    await trade('sell', 100);
    expect(await open()).toEqual([]);
    expect((await portfolio()).totalValue).toBeCloseTo(10_002, 1);
    expect(practice.desk.account.balances()).toEqual(shared);
  });

  it('a copy is told to its owner alone, when it opens, by its price, and when it closes', async () => {
    await follow({ amount: 1_000 });
    const [owner, guest] = [await caller.connect({ token }), await caller.connect()];
    await trade('buy', 100);
    await owner.first('position_update', ({ data }) => status(data) === 'active');
    await trade('sell', 100);
    await owner.first('position_update', ({ data }) => status(data) === 'closed');
    guest.emit('ping', {});
    await guest.first('pong');
    expect(guest.of('position_update')).toEqual([]);
    owner.close();
    guest.close();
  });

  it('the stop-loss closes the copy though the trader stays in, and the owner is told', async () => {
    await follow({ amount: 1_000 });
    const socket = await caller.connect({ token });
    await trade('buy', 100);
    await control('price', { symbol: 'SOL', price: practice.desk.market.price('SOL') * 0.94 });
    await clock.advance(SECOND_MS);
    expect(await open()).toEqual([]);
    await socket.first('notification', ({ data }) => JSON.stringify(data).includes('Stop-loss closed'));
    expect(await exchangePositions()).toHaveLength(1);
    socket.close();
  });

  it('the take-profit closes a copy', async () => {
    await follow({ amount: 1_000, copySettings: { maxTradeSize: 100, stopLoss: 5, takeProfit: 3 } });
    await trade('buy', 100);
    await control('price', { symbol: 'SOL', price: practice.desk.market.price('SOL') * 1.04 });
    await clock.advance(SECOND_MS);
    expect(await open()).toEqual([]);
    expect((await portfolio()).totalValue).toBeCloseTo(10_004, 1);
  });

  it('stops of a copy can be changed by its order', async () => {
    await follow({ amount: 1_000 });
    await trade('buy', 100);
    const [copy] = await open();
    const price = practice.desk.market.price('SOL');
    await caller.call('PUT', `/api/copy-trading/risk/${String(copy?.orderId)}`, { stopLoss: price * 0.99 });
    await control('price', { symbol: 'SOL', price: price * 0.98 });
    await clock.advance(SECOND_MS);
    expect(await open()).toEqual([]);
  });

  it('the day’s loss with a trader ends copying them until the next day', async () => {
    await follow({
      amount: 1_000,
      copySettings: { maxTradeSize: 100, stopLoss: 50, takeProfit: 50, maxDailyLoss: 3 },
    });
    await trade('buy', 100);
    await control('price', { symbol: 'SOL', price: practice.desk.market.price('SOL') * 0.96 });
    await trade('sell', 100);
    await trade('buy', 100);
    expect(await open()).toEqual([]);
    await trade('sell', 100);
    clock.jump(24 * HOUR_MS);
    token = await caller.signIn();
    await trade('buy', 100);
    expect(await open()).toHaveLength(1);
  });

  it('an exit that is missed leaves the copy open while the trader is out', async () => {
    await follow({ amount: 1_000 });
    await trade('buy', 100);
    await control('copy-missed-exit', { symbol: 'SOL' });
    await trade('sell', 100);
    expect(await open()).toHaveLength(1);
    expect(await exchangePositions()).toEqual([]);
  });

  it('after unfollowing nothing new is copied, and what is open stays under its stops', async () => {
    const traderId = await follow({ amount: 1_000 });
    await trade('buy', 100);
    await caller.call('POST', '/api/traders/unfollow', { traderId }, token);
    expect(await portfolio()).toMatchObject({ followingCount: 0, activePositions: 1 });
    await control('price', { symbol: 'SOL', price: practice.desk.market.price('SOL') * 0.94 });
    await clock.advance(SECOND_MS);
    expect(await portfolio()).toMatchObject({ activePositions: 0 });
  });

  it('never puts more to work than the amount, nor than there is money', async () => {
    await follow({ amount: 150, copySettings: { maxTradeSize: 100, stopLoss: 5, takeProfit: 20 } });
    for (const symbol of ['SOL', 'DOT', 'LINK']) await trade('buy', 1_000, symbol);
    const amounts = (await open()).map(({ amount }) => Number(amount));
    expect(amounts.length).toBeGreaterThan(0);
    expect(amounts.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(150);
  });
});

describe('an order by hand', () => {
  const order = (changes: object) =>
    caller.call('POST', '/api/copy-trading/execute', {
      traderWallet: '0x1',
      followerWallet: caller.wallet,
      marketId: 'SOL-USDC',
      side: 'buy',
      originalSize: 1,
      ...changes,
    });

  it('opens without any token, closes what is held the other way, and refuses what is not covered', async () => {
    expect((await order({})).status).toBe(200);
    expect(await open()).toMatchObject([{ symbol: 'SOL/USDC', type: 'long' }]);
    expect((await order({ side: 'sell' })).status).toBe(200);
    expect(await open()).toEqual([]);
    expect(await order({ originalSize: 1_000 })).toMatchObject({ status: 400, body: { success: false } });
  });
});

describe('the life of the traders', () => {
  it('has figures from the start that come from their own trades, the list by monthly return', async () => {
    const { traders } = (await caller.call('GET', '/api/traders')).body as { traders: Trader[] };
    expect(traders).toHaveLength(6);
    expect(traders.map(({ monthlyReturn }) => monthlyReturn)).toEqual(
      traders.map(({ monthlyReturn }) => monthlyReturn).toSorted((a, b) => b - a),
    );
    for (const trader of traders) {
      const { total } = (await caller.call('GET', `/api/traders/${trader.id}/trades`)).body;
      expect(total, trader.username).toBe(Math.min(100, trader.totalTrades));
      expect(trader.totalTrades, trader.username).toBeGreaterThan(0);
    }
  });

  it('goes on by itself', async () => {
    await practice.stop();
    await start({ quiet: false });
    const count = async (): Promise<number> => {
      const { traders } = (await caller.call('GET', '/api/traders')).body as { traders: Trader[] };
      return traders.reduce((total, one) => total + one.totalTrades, 0);
    };
    const before = await count();
    await clock.advance(5 * MINUTE_MS);
    expect(await count()).toBeGreaterThan(before);
  });

  it('once an hour an exit is missed by itself, unless it is told to keep quiet', async () => {
    await practice.stop();
    await start({ quiet: false });
    await follow({ amount: 1_000 });
    clock.jump(HOUR_MS);
    for (const left of [1, 1]) {
      await trade('buy', 100);
      await trade('sell', 100);
      expect(await open()).toHaveLength(left);
    }
    await control('quiet', { quiet: true });
    clock.jump(HOUR_MS);
    await trade('buy', 100);
    await trade('sell', 100);
    expect(await open()).toHaveLength(1);
  });

  it('keeps what the traders did over a restart of the desk; users, follows and ids are new', async () => {
    await practice.stop();
    const stateFile = join(folder, 'state.json');
    await start({ stateFile });
    await follow({ amount: 1_000 });
    await trade('buy', 100);
    const before = (await caller.call('GET', '/api/traders')).body as { traders: Trader[] };
    const nowMs = clock.now();
    await practice.stop();
    await start({ stateFile }, nowMs + SECOND_MS);
    const after = (await caller.call('GET', '/api/traders')).body as { traders: Trader[] };
    const history = ({ walletAddress, totalTrades, followers }: Trader) => ({
      walletAddress,
      totalTrades,
      followers,
    });
    const known = new Map(before.traders.map((one) => [one.walletAddress, history(one)]));
    for (const one of after.traders) {
      const was = known.get(one.walletAddress);
      expect(one.totalTrades).toBe(was?.totalTrades);
      expect(before.traders.map(({ id }) => id)).not.toContain(one.id);
    }
    expect((await portfolio()).followingCount).toBe(0);
  });
});

interface Trader {
  id: string;
  username: string;
  walletAddress: string;
  monthlyReturn: number;
  totalTrades: number;
  followers: number;
}

async function start(changes: Partial<PracticeOptions> = {}, atMs?: number): Promise<void> {
  const started = await startForTest(changes);
  ({ practice, clock } = started);
  if (atMs !== undefined) clock.jump(atMs - clock.now());
  control = (name, body) => started.client.control(name, body);
  caller = createCopyClient(practice.ready);
  token = await caller.signIn();
}

async function follow(body: object): Promise<string> {
  const { traders } = (await caller.call('GET', '/api/traders')).body as { traders: Trader[] };
  const traderId = traders.find(({ username }) => username === 'gretaledger')?.id ?? '';
  const { status: answered } = await caller.call('POST', '/api/traders/follow', { traderId, ...body }, token);
  expect(answered).toBe(200);
  return traderId;
}

const trade = (side: 'buy' | 'sell', amount: number, symbol = 'SOL'): Promise<unknown> =>
  control('copy-trade', { trader: 'gretaledger', side, symbol, amount });

async function open(): Promise<Record<string, unknown>[]> {
  const { body } = await caller.call('GET', '/api/portfolio/positions', undefined, token);
  return body.positions as Record<string, unknown>[];
}

async function portfolio(): Promise<Record<string, unknown>> {
  const { body } = await caller.call('GET', '/api/portfolio', undefined, token);
  return body.portfolio as Record<string, unknown>;
}

async function exchangePositions(wallet?: string): Promise<Record<string, unknown>[]> {
  const { traders } = (await caller.call('GET', '/api/traders')).body as { traders: Trader[] };
  const named = wallet ?? traders.find(({ username }) => username === 'gretaledger')?.walletAddress;
  const { body } = await caller.call('GET', `/api/copy-trading/positions/${named}`);
  return (body.data as { positions: Record<string, unknown>[] }).positions.filter(
    ({ marketId }) => wallet !== undefined || marketId === 'SOL-USDC',
  );
}

const status = (data: unknown): unknown => (data as { status?: unknown }).status;
