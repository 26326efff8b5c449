import { describe, expect, it } from 'vitest';

import { HOUR_MS, MINUTE_MS } from '#shared/time.ts';

import { listen } from './testing/harness.ts';
import { alert, pattern, prediction, price, trade } from './testing/frames.ts';

describe('quirks of the market hub (fact sheet §7)', () => {
  it('3. no ids: a repeated trade is one, and partial fills of one order are several', () => {
    const hub = listen();
    for (const data of [{}, {}, { quantity: 1.0 }, { quantity: 2 }, { price: 2001 }, { side: 'sell' }])
      hub.take(trade(data));
    const trades = hub.of('trade').map((event) => event.trade);
    expect(trades.length).toBe(4);
    expect(new Set(trades.map(({ id }) => id)).size).toBe(4);
    for (const { id, orderId } of trades) {
      expect(id).toMatch(/^ORDER-1-/);
      // The desk merges trades of one order by this.
      expect(orderId).toBeNull();
    }
    expect(hub.take(trade({ order_id: undefined, symbol: undefined })).kind).toBe('rejected');
  });

  it('3. no ids: an alert is the same where type, message and inner time are, whenever it is sent', () => {
    const hub = listen();
    hub.take({ ...alert({}), timestamp: '2030-01-01T02:00:00.1' });
    hub.take({ ...alert({}), timestamp: '2030-01-01T02:00:09.9' });
    hub.take(alert({ timestamp: '2030-01-01T03:00:00' }));
    hub.take(alert({ message: 'ETH rests' }));
    hub.take(alert({ alert_type: 'volume_alert' }));
    expect(hub.of('alert').length).toBe(4);
    // Without an inner time the time of sending tells two apart: the second must not be lost.
    hub.take({ ...alert({ timestamp: undefined }), timestamp: '2030-01-01T04:00:00' });
    hub.take({ ...alert({ timestamp: undefined }), timestamp: '2030-01-01T05:00:00' });
    expect(hub.of('alert').length).toBe(6);
  });

  it('4. free-form predictions: members go by several names, and what is left becomes facts', () => {
    const hub = listen();
    hub.take(price({ symbol: 'ETH-USDC', price: 2000 }));
    hub.take(
      prediction({
        model: 'lstm',
        direction: 'up',
        predicted_price: 2100,
        confidence: 0.85,
        symbol: 'ETH-USDC',
        horizon_minutes: 15,
        features: { rsi: 61.5 },
        api_key: 'k-1',
      }),
    );
    hub.take(
      prediction({
        modelName: 'gru',
        signal: 'STRONG_SELL',
        confidence: '72%',
        pair: 'eth',
        horizon: '4h',
        currentPrice: 1999,
      }),
    );
    hub.take(prediction({ prediction: 1900, probability: 64, ticker: 'ETH', horizon: 5 }));
    hub.take(
      prediction({
        odd: [1, 2],
        deep: { symbol: 'BTC-USDC', current_price: '100.5' },
        confidence: -3,
        direction: 'who knows',
      }),
    );
    expect(hub.predictions()).toMatchObject([
      {
        model: 'lstm',
        symbol: 'ETH-USDC',
        direction: 'up',
        predictedPrice: '2100',
        priceThen: '2000',
        confidence: 0.85,
        horizonMs: 15 * MINUTE_MS,
        facts: [{ name: 'features.rsi', value: '61.5' }],
      },
      {
        model: 'gru',
        symbol: 'ETH-USDC',
        direction: 'down',
        priceThen: '1999',
        confidence: 0.72,
        horizonMs: 4 * HOUR_MS,
        facts: [],
      },
      // The direction follows from the two prices; a horizon without a unit could be anything.
      {
        model: null,
        symbol: 'ETH-USDC',
        direction: 'down',
        predictedPrice: '1900',
        priceThen: '2000',
        confidence: 0.64,
        horizonMs: null,
        facts: [{ name: 'horizon', value: '5' }],
      },
      {
        symbol: 'BTC-USDC',
        direction: null,
        priceThen: '100.5',
        confidence: null,
        facts: [
          { name: 'odd', value: '1, 2' },
          { name: 'confidence', value: '-3' },
          { name: 'direction', value: 'who knows' },
        ],
      },
    ]);
    expect(new Set(hub.predictions().map(({ id }) => id)).size).toBe(4);
    expect(JSON.stringify(hub.predictions())).not.toContain('k-1');
    expect(hub.take(prediction({})).kind).toBe('rejected');
  });

  it('4. a price that is old is not taken for the one that a prediction started from', async () => {
    const hub = listen();
    hub.take(price({ symbol: 'ETH-USDC', price: 2000 }));
    await hub.clock.advance(5 * MINUTE_MS);
    hub.take(prediction({ symbol: 'ETH-USDC', direction: 'up' }));
    hub.take(prediction({ symbol: 'ETH-BTC', direction: 'up' }));
    expect(hub.predictions()).toMatchObject([{ priceThen: null }, { symbol: 'ETH-BTC', priceThen: null }]);
  });

  it('4. free-form patterns: levels where given, nothing made up where not', () => {
    const hub = listen();
    hub.take(
      pattern({
        pattern: 'double_bottom',
        symbol: 'ETH-USDC',
        confidence: 0.7,
        levels: { entry: 2010.5, target: 2100, stop_loss: 1980 },
        bias: 'bullish',
      }),
    );
    hub.take(pattern({ name: 'breakout' }));
    hub.take(pattern({ symbol: 'BTC', note: 'x'.repeat(5_000) }));
    expect(hub.patterns()).toMatchObject([
      {
        name: 'double_bottom',
        symbol: 'ETH-USDC',
        direction: 'up',
        confidence: 0.7,
        entryPrice: '2010.5',
        exitPrice: '2100',
        stopPrice: '1980',
        facts: [],
      },
      {
        name: 'breakout',
        symbol: null,
        direction: null,
        confidence: null,
        entryPrice: null,
        exitPrice: null,
        stopPrice: null,
      },
      { name: 'Unnamed pattern', symbol: 'BTC' },
    ]);
    expect(hub.patterns()[2]?.facts[0]?.value.length).toBeLessThanOrEqual(200);
    expect(hub.take(pattern({})).kind).toBe('rejected');
  });

  it('4. a later system_status is news when its word changes, and the welcome is none', () => {
    const hub = listen();
    const status = (data: object) => hub.take({ type: 'system_status', data });
    status({ status: 'connected', message: 'Connected to trading system' });
    expect(hub.of('alert')).toEqual([]);
    status({ status: 'running', uptime: 5 });
    status({ status: 'running', uptime: 9 });
    status({ status: 'degraded', message: 'Feed lost' });
    expect(status({ anything: 1 }).kind).toBe('keep-alive');
    expect(hub.of('alert').map(({ alert: { severity, message } }) => [severity, message])).toEqual([
      ['low', 'The hub says that it is running.'],
      ['high', 'Feed lost'],
    ]);
  });
});
