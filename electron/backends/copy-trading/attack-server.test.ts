import { describe, expect, it } from 'vitest';

import { MINUTE_MS, SECOND_MS } from '#shared/time.ts';

import { PONG_WITHIN_MS } from './channel.ts';
import { ALPHA, eventually } from './testing/bench.ts';
import { useSheetDesk } from './testing/sheet-desk.ts';

const bench = useSheetDesk();
const { calls, connect, entries, follow, link, pass, submit, until } = bench;

describe('a server that was started anew', () => {
  it('quirk 7 ids, users and follows are gone: traders are known by wallet, what is lost is said, nothing is restored by itself', async () => {
    await connect('one', 'realtime', '0xone');
    await submit('one', 'follow', { traderId: ALPHA, amount: '100' });
    const before = bench.desk.core.desk.get('traders', `one/${ALPHA}`)?.serverId;
    await pass(MINUTE_MS);
    bench.server.restart();
    await until(() => follow('one', ALPHA)?.state === 'lost', SECOND_MS);
    const after = bench.desk.core.desk.get('traders', `one/${ALPHA}`);
    expect(after).toMatchObject({ name: 'Alpha Trader' });
    expect(after?.serverId).not.toBe(before);
    expect(entries('alerts').map(({ kind }) => kind)).toEqual(['follow_lost']);
    await pass(6 * MINUTE_MS);
    expect(bench.server.followed('0xone')).toEqual([]);
    expect(calls('POST /traders/follow')).toHaveLength(1);
    expect((await submit('one', 'follow', { traderId: ALPHA, amount: '100' })).status).toBe('confirmed');
    expect(bench.server.followed('0xone')).toEqual([ALPHA]);
  });

  it('a desk that was restarted too knows whom it followed, and says that they are lost', async () => {
    await connect('one', 'realtime', '0xone');
    await submit('one', 'follow', { traderId: ALPHA, amount: '100' });
    await bench.restartDesk(() => bench.server.restart());
    await until(() => follow('one', ALPHA)?.state === 'lost', SECOND_MS);
    expect(bench.server.followed('0xone')).toEqual([]);
  });
});

describe('a sign-in that is never taken', () => {
  it.each(['Invalid token', 'Token expired', 'User not authenticated'])(
    'always 401 with “%s” costs no storm of sign-ins, and traders are shown all the same',
    async (error) => {
      for (const call of [
        'GET /auth/profile',
        'GET /portfolio',
        'GET /portfolio/positions',
        'GET /portfolio/history',
      ])
        bench.server.on(call, { status: 401, json: { error } });
      await connect('one', 'realtime', '0xone');
      await pass(15 * MINUTE_MS);
      expect(entries('traders').length).toBeGreaterThan(0);
      expect(calls('POST /auth/login').length).toBeLessThanOrEqual(30);
      expect(bench.server.counted()).toBeLessThanOrEqual(84);
      expect(link('one')?.state.kind).toBe('live');
      expect(entries('alerts').filter(({ kind }) => kind === 'sign_in_refused')).toHaveLength(1);
      // Whether PANIC holds here cannot be read, so nothing is added.
      expect((await submit('one', 'follow', { traderId: ALPHA, amount: '100' })).status).toBe('blocked');
    },
  );
});

describe('pushes', () => {
  it('D7 ten thousand at once, of either kind, leave the last figures, one alert each, and a link that lives', async () => {
    await connect('one', 'realtime', '0xone');
    await submit('one', 'follow', { traderId: ALPHA, amount: '100' });
    const traderId = bench.desk.core.desk.get('traders', `one/${ALPHA}`)?.serverId ?? '';
    const trade = { traderId, symbol: 'APT/USDC', side: 'buy', amount: 2, price: 9, txHash: '0x1' };
    for (let n = 1; n <= 10_000; n += 1) {
      const timestamp = bench.clock.now();
      if (n % 4 === 0)
        bench.server.tell('realtime', 'trade_update', { type: 'trade_execution', data: trade, timestamp: 1 });
      else if (n % 4 === 1)
        bench.server.tell('realtime', 'market_update', {
          type: 'price_update',
          data: { symbol: 'APT/USDC', price: n },
          timestamp,
        });
      else if (n % 4 === 2)
        bench.server.tell('realtime', 'trader_performance', {
          type: 'performance_update',
          data: { traderId, totalPnL: n },
          timestamp,
        });
      else bench.server.tell('realtime', 'position_update', { type: 'position_change', data: {}, timestamp });
    }
    bench.server.tell('realtime', 'market_update', { data: { symbol: 'LAST', price: 1 } });
    const before = calls('GET /portfolio/positions').length;
    await eventually(() => bench.desk.core.desk.get('quotes', 'one/LAST')?.price).toBe('1');
    expect(bench.desk.core.desk.get('quotes', 'one/APT/USDC')?.price).toBe('9997');
    expect(bench.desk.core.desk.get('traders', `one/${ALPHA}`)?.totalPnl).toBe('9998');
    expect(entries('alerts').filter(({ kind }) => kind === 'trader_trade')).toHaveLength(1);
    expect(entries('activity')).toHaveLength(1);
    await bench.clock.advance(MINUTE_MS / 2);
    expect(calls('GET /portfolio/positions').length - before).toBeLessThanOrEqual(3);
    expect(link('one')).toMatchObject({ rejected: 0, state: { kind: 'live' } });
  });

  it('quirk 4 what is pushed of other wallets and traders is nobody’s here', async () => {
    await connect('one', 'plain', '0xone');
    const at = bench.clock.now();
    for (let n = 0; n < 500; n += 1) {
      bench.server.tell('plain', 'portfolio_update', {
        totalValue: n,
        walletAddress: `0x${n}`,
        isRealTime: true,
        positions: [],
      });
      bench.server.tell('plain', 'trade_update', {
        data: { traderId: `t${n}`, symbol: 'APT/USDC', side: 'buy' },
        timestamp: at,
      });
    }
    bench.server.tell('plain', 'market_data_update', {
      data: { LAST: { symbol: 'LAST', price: 1 } },
      timestamp: at,
    });
    await eventually(() => bench.desk.core.desk.get('quotes', 'one/LAST')?.price).toBe('1');
    expect([entries('activity'), entries('alerts'), bench.desk.core.desk.get('portfolios', 'one')]).toEqual([
      [],
      [],
      undefined,
    ]);
  });
});

describe('sockets that go wrong', () => {
  it('quirk 1 a pong that comes late makes it the realtime server after all, asked by its own names', async () => {
    bench.server.pongs = 'held';
    await connect('one', 'realtime', '0xone');
    await submit('one', 'follow', { traderId: ALPHA, amount: '100' });
    await bench.clock.advance(PONG_WITHIN_MS);
    const subscribed = () =>
      bench.server.heard.all
        .filter(({ event }) => event === 'subscribe_trader')
        .map(({ payloads }) => payloads[0]);
    await eventually(() => subscribed()).toEqual([{ traderWallet: ALPHA }]);
    bench.server.releasePongs();
    const serverId = bench.desk.core.desk.get('traders', `one/${ALPHA}`)?.serverId;
    await eventually(() => subscribed().at(-1)).toEqual({ traderId: serverId });
    await bench.server.heard.until(({ event }) => event === 'subscribe_market');
  });

  it('D5 packets that are none, and events that are none of its own, are counted, and the link lives', async () => {
    await connect('one', 'plain', '0xone');
    for (const packet of [
      '2["market_data_update",NaN]',
      '2[]',
      '2{}',
      '2',
      '9',
      '',
      '2["x"',
      '2["error"]',
      '51-["b",{"_placeholder":true,"num":0}]',
    ])
      bench.server.tellRaw('plain', packet);
    bench.server.tell('plain', 'market_data_update', {
      data: { LAST: { symbol: 'LAST', price: 1 } },
      timestamp: 1,
    });
    await eventually(() => bench.desk.core.desk.get('quotes', 'one/LAST')?.price).toBe('1');
    await bench.clock.advance(SECOND_MS);
    expect(link('one')?.state.kind).toBe('live');
    expect(link('one')?.rejected).toBeGreaterThan(4);
  });
});
