import { describe, expect, it } from 'vitest';

import { withoutNonFinite } from './read-frame.ts';
import { listen } from './testing/harness.ts';
import { alert, portfolio, price, trade } from './testing/frames.ts';

describe('quirks of the market hub (fact sheet §7)', () => {
  it('1. NaN and Infinity tokens make a frame invalid JSON: it is counted, and what is usable in it is used', () => {
    const hub = listen();
    const verdict = hub.take(
      '{"type":"price_update","data":{"symbol":"ETH","price":2000.5,"change_24h":NaN,"volume_24h":-Infinity}}',
    );
    expect(verdict).toEqual({
      kind: 'rejected',
      reason: 'price_update: NaN or Infinity in place of a figure, taken as not given',
    });
    expect(hub.notedData()).toBe(1);
    expect(hub.quotes()).toMatchObject([{ price: '2000.5', change24hPct: null, volume24h: null }]);
    expect(hub.about.asJson()).toMatchObject({ messagesWithNaN: 1 });

    expect(hub.take('{"type":"price_update","data":{"symbol":"ETH","price":Infinity}}').kind).toBe(
      'rejected',
    );
    expect(hub.quotes().length).toBe(1);
    expect(hub.notedData()).toBe(1);
  });

  it('1. the tokens are left alone where they stand in a text', () => {
    const text = String.raw`{"a":"NaN \" -Infinity","b":NaN,"c":[-Infinity,Infinity],"NaN":"Infinity"}`;
    expect(withoutNonFinite(text)).toBe(
      String.raw`{"a":"NaN \" -Infinity","b":null,"c":[null,null],"NaN":"Infinity"}`,
    );
    const hub = listen();
    hub.take(
      '{"type":"alert","data":{"alert_type":"x","severity":"error","message":"got NaN, \\"Infinity\\"","z":NaN}}',
    );
    expect(hub.of('alert')[0]?.alert.message).toBe('got NaN, "Infinity"');
  });

  it('1. D5 a text made to explode the repair costs time in proportion to its length', () => {
    // What backtracks over these would not end within the limit of the test runner.
    for (const unit of ['"', '\\"', '"\\', '\\', 'NaN', '-Infinity', '"a\\"', '"NaN'])
      expect(listen().take(`{"type":${unit.repeat(200_000)}`).kind).toBe('rejected');
  });

  it('2. zone-less local times are shown and never reckoned with: age counts from arrival', () => {
    const hub = listen();
    hub.take(price({ symbol: 'ETH', price: 1, timestamp: '2030-01-01T02:00:00' }));
    hub.take(trade({ timestamp: '2030-01-01T02:00:00.5' }));
    hub.take(alert({ timestamp: '2030-01-01T02:00:00.5' }));
    hub.take(portfolio({ total_value: 1, balances: {}, timestamp: '2030-01-01T02:00:00' }));
    const receivedAtMs = hub.clock.now();
    expect(hub.quotes()[0]?.receivedAtMs).toBe(receivedAtMs);
    for (const { occurredAtMs, receivedAtMs: at } of [
      hub.of('trade')[0]!.trade,
      hub.of('alert')[0]!.alert,
      hub.of('portfolio')[0]!.portfolio,
    ])
      expect([occurredAtMs, at]).toEqual([null, receivedAtMs]);
    expect(hub.of('alert')[0]?.alert.facts).toEqual([
      { name: 'Server’s own time', value: '2030-01-01T02:00:00.5' },
    ]);
    expect(hub.about.asJson()).toMatchObject({ serverTimeZone: 'UTC+02:00, by its clock' });
    // A hub that does give its zone is believed.
    hub.take(alert({ message: 'zoned', timestamp: '2030-01-01T02:00:00+02:00' }));
    expect(hub.of('alert')[1]?.alert.occurredAtMs).toBe(Date.UTC(2030, 0, 1));
  });

  it('5. heartbeat has two forms under one name; neither is data', () => {
    const hub = listen();
    expect(hub.take({ type: 'heartbeat', data: { message: 'Server alive', clients: 3 } })).toEqual({
      kind: 'keep-alive',
    });
    expect(hub.take({ type: 'heartbeat', data: { message: 'pong' } })).toEqual({ kind: 'keep-alive' });
    expect(hub.about.asJson()).toMatchObject({ clients: 3 });
    expect(hub.events.all).toEqual([]);
  });

  it('8. missing members are tolerated, and a frame of which nothing can be made is counted', () => {
    const hub = listen();
    expect(hub.take({ type: 'trade_executed', data: { symbol: 'ETH' } }).kind).toBe('data');
    expect(hub.take({ type: 'alert', data: { message: 'bare' } }).kind).toBe('data');
    expect(hub.take({ type: 'heartbeat' }).kind).toBe('keep-alive');
    expect(hub.of('trade')[0]?.trade).toMatchObject({ side: 'other', quantity: null, averagePrice: null });
    expect(hub.of('alert')[0]?.alert).toMatchObject({ kind: 'alert', severity: 'medium', rawSeverity: '' });
    for (const odd of [
      { type: 'price_update', data: { symbol: 'ETH' } },
      { type: 'price_update', data: { price: 1 } },
      { type: 'price_update', data: { symbol: 'ETH', price: -1 } },
      { type: 'price_update', data: [1] },
      { type: 'portfolio_update', data: { pnl: 1 } },
      { type: 'alert', data: {} },
      { type: 'surprise', data: {} },
      { type: 7 },
      {},
      [1, 2],
      null,
      '',
      'not json',
      '<html></html>',
      '{"type":"price_update","data":{"symbol":"ETH","price":1e999}}',
      '{"__proto__":{"type":"alert"},"data":{}}',
    ])
      expect(hub.take(odd).kind).toBe('rejected');
    expect(hub.quotes()).toEqual([]);
  });

  it('8. a portfolio is complete and replaces the one before; without balances the quantities stay', () => {
    const hub = listen();
    const held = () =>
      hub
        .of('portfolio')
        .at(-1)
        ?.holdings.map(({ asset, quantity }) => [asset, quantity]);
    hub.take(portfolio({ total_value: 10, balances: { ETH: 1, BTC: 2, OLD: 0 } }));
    expect(held()).toEqual([
      ['ETH', '1'],
      ['BTC', '2'],
    ]);
    hub.take(portfolio({ total_value: 11, pnl: 1 }));
    expect(held()).toEqual([
      ['ETH', '1'],
      ['BTC', '2'],
    ]);
    hub.take('{"type":"portfolio_update","data":{"total_value":12,"balances":{"ETH":NaN}}}');
    expect(held()).toEqual([['ETH', '1']]);
    hub.take(portfolio({ total_value: 0, balances: {} }));
    expect(held()).toEqual([]);
    expect(hub.of('portfolio').map((event) => event.portfolio.totalUsd)).toEqual(['10', '11', '12', '0']);
    // A total that is not given is added up only where every price is known.
    hub.take(portfolio({ balances: { USDC: 5, ETH: 1 } }));
    expect(hub.of('portfolio').at(-1)?.portfolio.totalUsd).toBeNull();
    hub.take(price({ symbol: 'ETH', price: 20 }));
    hub.take(portfolio({ balances: { USDC: 5, ETH: 1 } }));
    expect(hub.of('portfolio').at(-1)?.portfolio.totalUsd).toBe('25');
  });

  it('9. symbols are inconsistent: each form leads to the asset, and keeps its own name', () => {
    const hub = listen();
    for (const symbol of ['ETH', 'ETH-USDC', 'eth/usdt', 'ETHUSDT', 'ETH_USD', 'ETH-BTC', 'USDC', 'BUSD'])
      hub.take(price({ symbol, price: symbol === 'ETH-BTC' ? 0.05 : 2000 }));
    expect(hub.quotes().map(({ id, asset }) => [id, asset])).toEqual([
      ['ETH', 'ETH'],
      ['ETH-USDC', 'ETH'],
      ['eth/usdt', 'ETH'],
      ['ETHUSDT', 'ETH'],
      ['ETH_USD', 'ETH'],
      ['ETH-BTC', 'ETH'],
      ['USDC', 'USDC'],
      ['BUSD', 'BUSD'],
    ]);
    hub.take(portfolio({ total_value: 1, balances: { ETH: 1 } }));
    // A price in bitcoin is not one in dollars.
    expect(hub.of('portfolio')[0]?.holdings[0]?.priceUsd).toBe('2000');
    hub.take(trade({ symbol: 'ETH-USDC' }));
    expect(hub.of('trade')[0]?.trade.instrument).toBe('ETH');
  });

  it('10. 24 h figures of 0.0 may mean unknown, so they are', () => {
    const hub = listen();
    hub.take('{"type":"price_update","data":{"symbol":"ETH","price":2000,"change_24h":0.0,"volume_24h":0}}');
    hub.take(price({ symbol: 'ETH', price: 2000, change_24h: -0.5, volume_24h: 1 }));
    expect(hub.quotes()).toMatchObject([
      { change24hPct: null, volume24h: null },
      { change24hPct: '-0.5', volume24h: '1' },
    ]);
  });

  it('12. whole numbers and floats are one figure, and very small quantities stay exact', () => {
    const hub = listen();
    hub.take('{"type":"price_update","data":{"symbol":"ETH","price":2000}}');
    hub.take('{"type":"price_update","data":{"symbol":"ETH","price":2000.0}}');
    hub.take('{"type":"price_update","data":{"symbol":"PEPE","price":1.2e-9}}');
    hub.take(
      '{"type":"trade_executed","data":{"order_id":"o","symbol":"ETH","side":"buy","quantity":1e-18,"price":2000}}',
    );
    expect(hub.quotes().map(({ price: figure }) => figure)).toEqual(['2000', '2000', '0.0000000012']);
    expect(hub.of('trade')[0]?.trade.quantity).toBe('0.000000000000000001');
  });

  it('13. all text is untrusted: cut, and free of what could disguise it', () => {
    const hub = listen();
    hub.take(
      alert({
        message: `Sell\u202Eeverything\u0000 ${'x'.repeat(50_000)}`,
        severity: 'ERROR',
        note: '\u200Bhidden',
        token: 's3cret',
      }),
    );
    const { message, severity, facts } = hub.of('alert')[0]!.alert;
    expect(message).toMatch(/^Selleverything x/);
    expect(message.length).toBeLessThanOrEqual(1_000);
    expect(severity).toBe('high');
    expect(facts[0]).toEqual({ name: 'note', value: 'hidden' });
    expect(JSON.stringify(facts)).not.toContain('s3cret');
    hub.take(price({ symbol: 'A\u202EB', price: 1 }));
    hub.take(price({ symbol: 'A'.repeat(500), price: 1 }));
    expect(hub.quotes().map(({ id }) => id)).toEqual(['AB']);
  });
});
