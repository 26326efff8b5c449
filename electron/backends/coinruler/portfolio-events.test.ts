import { describe, expect, it } from 'vitest';

import { wirePortfolio } from './protocol.ts';
import { NOW, listen, portfolioRead } from './testing/listening.ts';

describe('§7.5 the portfolio', () => {
  const periodic = (timestamp: string, balances: Record<string, number>) => ({
    type: 'portfolio:updated',
    data: { balances, prices: { BTC: 60_000 }, totalUSD: 120_000, timestamp },
  });

  it('keeps what only a reading tells beside what an event brings', () => {
    const desk = listen();
    desk.trackers.portfolio.read(
      portfolioRead(
        '2030-01-01T00:00:00Z',
        { BTC: 1 },
        {
          baselines: { BTC: { baseline: 0.5 } },
          priceChange24hPct: { BTC: 2 },
          totalChange24hPct: 2,
          collateral: { btcLocked: 0.4, btcFree: 0.6, ltv: 0.35 },
        },
      ),
      NOW,
    );
    desk.take(periodic('2030-01-01T00:05:00Z', { BTC: 2 }));
    const last = desk.of('portfolio').at(-1);
    expect(last?.holdings).toMatchObject([
      { asset: 'BTC', quantity: '2', valueUsd: '120000', baseline: '0.5', change24hPct: '2' },
    ]);
    expect(last?.portfolio).toMatchObject({
      totalUsd: '120000',
      change24hPct: '2',
      collateral: { total: '1', ltvPct: '35' },
    });
  });

  it('D3 a late event does not overwrite a newer reading', () => {
    const desk = listen();
    desk.trackers.portfolio.read(portfolioRead('2030-01-01T00:10:00Z', { BTC: 3 }), NOW);
    desk.take(periodic('2030-01-01T00:05:00Z', { BTC: 2 }));
    expect(desk.of('portfolio')).toHaveLength(1);
  });

  it('D3 a reading that was asked before an event came does not overwrite it', () => {
    const desk = listen();
    desk.pass(1_000);
    desk.take(periodic('2030-01-01T00:05:00Z', { BTC: 2 }));
    desk.trackers.portfolio.read(portfolioRead('2030-01-01T00:00:00Z', { BTC: 1 }), NOW);
    expect(desk.of('portfolio')).toHaveLength(1);
  });

  it('takes a reading of the snapshot that an event was stamped after, without looking older than it', () => {
    const desk = listen();
    desk.take(periodic('2030-01-01T00:05:00.040Z', { BTC: 2 }));
    desk.pass(1_000);
    desk.trackers.portfolio.read(
      portfolioRead('2030-01-01T00:05:00.000Z', { BTC: 2 }, { totalChange24hPct: 7 }),
      NOW + 1_000,
    );
    expect(desk.of('portfolio').at(-1)?.portfolio).toMatchObject({
      change24hPct: '7',
      occurredAtMs: Date.parse('2030-01-01T00:05:00.040Z'),
    });
  });

  it('says that it knows no total before the first snapshot', () => {
    const desk = listen();
    desk.trackers.portfolio.read(
      wirePortfolio.parse({ balances: {}, totalValueUSD: 0, updatedAt: null, hasData: false }),
      NOW,
    );
    expect(desk.of('portfolio')[0]).toMatchObject({
      holdings: [],
      portfolio: { totalUsd: null, occurredAtMs: null },
    });
  });
});

describe('§4.4 a deposit replaces the snapshot by only the assets sent', () => {
  const deposit = (snapshot: object) => ({ type: 'portfolio:updated', data: { snapshot, isDeposit: true } });
  const partial = {
    BTC: 0.5,
    _prices: { BTC: 60_000 },
    timestamp: '2030-01-01T00:06:00Z',
    reason: 'manual',
    _id: 's1',
  };

  function heldBefore() {
    const desk = listen();
    desk.trackers.portfolio.read(portfolioRead('2030-01-01T00:00:00Z', { BTC: 1, XRP: 100 }), NOW);
    return desk;
  }

  it('what it does not name is still held, and what it names was added', () => {
    const desk = heldBefore();
    desk.take(deposit(partial));
    const last = desk.of('portfolio').at(-1);
    expect(last?.holdings.map(({ asset, quantity }) => [asset, quantity])).toEqual([
      ['BTC', '1.5'],
      ['XRP', '100'],
    ]);
    expect(last?.depositUsd).toBe('30000');
  });

  it('what the exchange says is held counts more', () => {
    const desk = heldBefore();
    desk.exchangeSays({
      balances: { BTC: 1.49, XRP: 100 },
      prices: { BTC: 60_000, XRP: 0.5 },
      totalUSD: 89_450,
      source: 'live',
    });
    desk.take(deposit(partial));
    expect(desk.of('portfolio').at(-1)).toMatchObject({
      portfolio: { totalUsd: '89450' },
      depositUsd: '30000',
    });
  });

  it('the server’s own view is not believed until it has a later snapshot', () => {
    const desk = heldBefore();
    desk.take(deposit(partial));
    const count = desk.of('portfolio').length;
    desk.trackers.portfolio.read(portfolioRead('2030-01-01T00:06:00Z', { BTC: 0.5 }), NOW + 1);
    expect(desk.of('portfolio')).toHaveLength(count);
    desk.trackers.portfolio.read(portfolioRead('2030-01-01T00:10:00Z', { BTC: 1.5, XRP: 100 }), NOW + 2);
    expect(desk.of('portfolio')).toHaveLength(count + 1);
  });

  it('one that names everything deposits the difference', () => {
    const desk = heldBefore();
    desk.take(deposit({ ...partial, BTC: 1.25, XRP: 100 }));
    expect(desk.of('portfolio').at(-1)).toMatchObject({
      depositUsd: '15000',
      holdings: [{ quantity: '1.25' }, { quantity: '100' }],
    });
  });
});
