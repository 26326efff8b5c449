import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { MINUTE_MS } from '#shared/time.ts';

import type { ManualClock } from '../../lib/clock.ts';
import { ASSETS } from '../market/assets.ts';
import type { PracticeOptions } from '../port.ts';
import type { Practice } from '../practice.ts';
import { openHub } from '../testing/hub-client.ts';
import type { Client } from '../testing/practice-client.ts';
import { startForTest } from '../testing/practice-client.ts';
import { practiceBackend } from '../port.ts';

let practice: Practice;
let clock: ManualClock;
let client: Client;
afterEach(() => practice.stop());

async function start(changes: Partial<PracticeOptions> = {}): ReturnType<typeof openHub> {
  ({ practice, clock, client } = await startForTest(changes));
  return openHub(practiceBackend(practice.ready, 'market-hub').address);
}

describe('a quiet practice market', () => {
  let hub: Awaited<ReturnType<typeof openHub>>;
  beforeEach(async () => {
    hub = await start();
  });

  it('tells each price and the portfolio within ten seconds to one who comes', async () => {
    await clock.advance(10_000);
    const late = await openHub(practiceBackend(practice.ready, 'market-hub').address);
    await clock.advance(10_000);
    await late.settled();
    const symbols = late.of('price_update').map(({ data }) => data.symbol);
    expect(new Set(symbols).size).toBe(ASSETS.length);
    expect(symbols).toContain('ETH-USDC');
    expect(late.of('portfolio_update')).not.toEqual([]);
  });

  it('tells the account that CoinRuler shows, quantity by quantity and to the cent', async () => {
    await client.control('portfolio', { deposits: { SOL: 3.25 } });
    const told = await hub.first('portfolio_update');
    const body = (await client.call('GET', '/portfolio/current')).body as {
      balances: Record<string, number>;
      totalValueUSD: number;
    };
    const { _totalUSD, ...balances } = body.balances;
    expect(told.data.balances).toEqual(balances);
    expect(told.data.total_value).toBe(body.totalValueUSD);
    const { pnl, pnl_percent: percent } = told.data as { pnl: number; pnl_percent: number };
    const paid = Object.entries(balances).reduce(
      (sum, [symbol, quantity]) => sum + quantity * (practice.desk.account.costBasis(symbol) ?? 0),
      0,
    );
    expect((pnl / paid) * 100).toBeCloseTo(percent, 3);
  });

  it('tells a price that was set by hand at the next second', async () => {
    await client.control('price', { symbol: 'ETH', price: 3_999.5 });
    await clock.advance(1_000);
    const { data } = await hub.first('price_update', ({ price }) => price === 3_999.5);
    expect(data).toMatchObject({ symbol: 'ETH-USDC' });
    expect(data.change_24h).toBeCloseTo(practice.desk.market.changePct('ETH', 24 * 60 * MINUTE_MS) ?? 0, 3);
    expect(data.volume_24h).toBeGreaterThan(1_000_000);
  });

  it('tells each execution of the account once, after CoinRuler has it, and adds nothing to the stream of CoinRuler', async () => {
    const live = await client.live();
    const { approval } = (await client.control('propose', {
      symbol: 'ETH',
      side: 'sell',
      quantity: 0.2,
    })) as {
      approval: { _id: string };
    };
    await client.control('executed-elsewhere', { id: approval._id });
    const told = await hub.first('trade_executed');
    const execution = practice.desk.state.executions.at(-1);
    expect(told.data).toMatchObject({
      order_id: execution?.orderId,
      symbol: 'ETH-USDC',
      side: 'sell',
      quantity: 0.2,
      price: execution?.avgFillPrice,
    });
    await hub.settled();
    expect(hub.of('trade_executed')).toHaveLength(1);
    await live.until('trade:result');
    expect(live.text()).not.toContain('account:filled');
    live.close();
  });

  it('has no opinion, and does not repeat the alerts of CoinRuler', async () => {
    await client.control('alert', { severity: 'critical', message: 'from CoinRuler' });
    await clock.advance(3 * MINUTE_MS);
    await hub.settled();
    for (const type of ['alert', 'ml_prediction', 'pattern_detected', 'trade_executed'])
      expect(hub.of(type)).toEqual([]);
  });
});

describe('a lively practice market', () => {
  it('moves prices, expects, sees patterns and warns, all of it about what it tells', async () => {
    const hub = await start({ quiet: false });
    const { market } = practice.desk;
    await clock.advance(12 * MINUTE_MS);
    await hub.settled();
    expect(hub.of('price_update').length).toBeGreaterThan(500);
    const pairs = new Set(hub.of('price_update').map(({ data }) => data.symbol));

    const predictions = hub.of('ml_prediction').map(({ data }) => data);
    expect(predictions.length).toBeGreaterThan(20);
    expect(new Set(predictions.map((one) => one.horizon_minutes))).toEqual(new Set([5, 15, 60]));
    for (const one of predictions) {
      expect(pairs).toContain(one.symbol);
      expect(one.confidence).toBeGreaterThanOrEqual(0.5);
      expect(one.confidence).toBeLessThan(1);
      const change = Number(one.predicted_price) - Number(one.current_price);
      if (change !== 0) expect(one.direction).toBe(change > 0 ? 'up' : 'down');
    }

    const patterns = hub.of('pattern_detected').map(({ data }) => data);
    expect(patterns.length).toBeGreaterThan(0);
    for (const one of patterns) {
      const [entry, exit, stop] = [one.entry_price, one.exit_price, one.stop_price].map(Number);
      expect(one.confidence).toBeGreaterThanOrEqual(0.5);
      const levels = one.direction === 'up' ? [stop, entry, exit] : [exit, entry, stop];
      expect(levels).toEqual(levels.toSorted((a, b) => Number(a) - Number(b)));
    }
    expect(
      new Set(patterns.map(({ symbol, pattern, direction }) => [symbol, pattern, direction].join(' '))).size,
    ).toBe(patterns.length);

    const alerts = hub.of('alert').map(({ data }) => data);
    expect(alerts.length).toBeGreaterThan(0);
    for (const one of alerts) expect(['info', 'warning']).toContain(one.severity);
    const last = hub.of('price_update').findLast(({ data }) => data.symbol === 'BTC-USDC');
    expect(last?.data.price).toBe(market.price('BTC'));
  });

  it('falls silent about itself when it is told to keep quiet', async () => {
    const hub = await start({ quiet: false });
    await client.control('quiet', { quiet: true });
    await clock.advance(5 * MINUTE_MS);
    await hub.settled();
    expect(hub.of('ml_prediction')).toEqual([]);
    expect(hub.of('pattern_detected')).toEqual([]);
  });

  it('listens on the port that it had when it is started again after a kill', async () => {
    const first = await start();
    const port = Number(new URL(practiceBackend(practice.ready, 'market-hub').address).port);
    await practice.kill();
    expect(await first.closed).toBe(1006);
    ({ practice, clock, client } = await startForTest({
      ports: { 'market-hub': port },
      controlPort: 0,
    }));
    const second = await openHub(`ws://127.0.0.1:${port}`);
    expect(second.of('system_status')).toHaveLength(1);
  });
});
