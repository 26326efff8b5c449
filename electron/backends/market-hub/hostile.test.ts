import { describe, expect, it } from 'vitest';

import { expectValid, HOSTILE_VALUES } from '../testing/hostile-values.ts';
import { listen } from './testing/harness.ts';

const TIMESTAMP = '2026-11-20T23:14:06.330543';

/** One of each message, as the sheet has it. */
const MESSAGES: Readonly<Record<string, Record<string, unknown>>> = {
  system_status: { status: 'running', message: 'm' },
  price_update: { symbol: 'ETH-USDC', price: 2_000, change_24h: 0.1, volume_24h: 1, timestamp: TIMESTAMP },
  portfolio_update: { total_value: 1, pnl: 0, pnl_percent: 0, balances: { ETH: 1 }, timestamp: TIMESTAMP },
  trade_executed: {
    order_id: 'O',
    symbol: 'ETH-USDC',
    side: 'buy',
    quantity: 1,
    price: 1,
    timestamp: TIMESTAMP,
  },
  alert: { alert_type: 'a', severity: 'info', message: 'm', timestamp: TIMESTAMP },
  ml_prediction: {
    model: 'm',
    symbol: 'ETH',
    predicted_price: 1,
    direction: 'up',
    confidence: 0.5,
    horizon_minutes: 5,
    current_price: 3,
  },
  pattern_detected: {
    pattern: 'p',
    symbol: 'ETH',
    confidence: 0.5,
    entry_price: 1,
    exit_price: 2,
    stop: 0.5,
  },
  heartbeat: { message: 'm', clients: 1 },
};

describe('D5 a hostile hub', () => {
  it.each(Object.keys(MESSAGES))(
    'whatever stands in a member of “%s”, nothing is thrown and what is told is valid',
    (type) => {
      const base = MESSAGES[type] ?? {};
      for (const member of [...Object.keys(base), 'extra', '__proto__', 'constructor'])
        for (const value of HOSTILE_VALUES) {
          const { take, events } = listen();
          const own = Object.fromEntries([...Object.entries(base), [member, value]]);
          take({ type: 'system_status', data: { status: 'connected' } });
          for (const data of [own, value])
            for (const timestamp of [TIMESTAMP, value]) take({ type, data, timestamp });
          expectValid(events.all, `${member}: ${JSON.stringify([value]).slice(0, 60)}`);
        }
    },
  );

  it('balances of any kind, under any name, are holdings or none', () => {
    for (const quantity of HOSTILE_VALUES) {
      const { take, events } = listen();
      const balances = JSON.stringify({ ETH: quantity, 漢: 1, '': 2, 'x y': 4 }).replace(
        '{',
        '{"__proto__":1,',
      );
      take(`{"type":"portfolio_update","data":{"total_value":1,"balances":${balances}}}`);
      expectValid(events.all, JSON.stringify([quantity]).slice(0, 60));
    }
  });

  it.each(Object.keys(MESSAGES))(
    'a “%s” nested deeper than any stack is taken or refused, not thrown',
    (type) => {
      const { take, events } = listen();
      const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
      for (const text of [
        `{"type":"${type}","data":${JSON.stringify(MESSAGES[type]).replace(/}$/, `,"extra":${deep}}`)}}`,
        `{"type":"${type}","data":${deep}}`,
        `{"type":"${type}","data":{},"timestamp":${deep}}`,
        `{"type":${deep},"data":{}}`,
      ])
        expect(['data', 'keep-alive', 'rejected']).toContain(take(text).kind);
      expectValid(events.all, type);
    },
  );

  it('names that every object has are no severities', () => {
    const { take, of } = listen();
    take({ type: 'alert', data: { ...MESSAGES.alert, severity: 'constructor' } });
    expect(of('alert')).toMatchObject([{ alert: { severity: 'medium', rawSeverity: 'constructor' } }]);
  });

  it('two symbols that are the same as far as they can be shown are never one', () => {
    const { take, quotes } = listen();
    for (const symbol of [`${'X'.repeat(80)}A`, `${'X'.repeat(80)}B`, '\u200e\u0000'])
      expect(take({ type: 'price_update', data: { symbol, price: 1 } })).toMatchObject({ kind: 'rejected' });
    expect(quotes()).toEqual([]);
  });
});
