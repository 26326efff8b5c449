import { describe, expect, it } from 'vitest';

import { tradingRules } from '#shared/domain/bots/trading-rule.ts';

import { mapRule } from './rules.ts';

const ID = '6b00d3f3a891bfc23513abc3';
const rule = (members: Record<string, unknown> = {}) =>
  mapRule({
    _id: ID,
    name: 'r1',
    trigger: { type: 'interval', every: '15m' },
    conditions: [],
    actions: [],
    ...members,
  });
const conditionOf = (condition: unknown) => rule({ conditions: [condition] })?.conditions[0];
const actionOf = (action: unknown) => rule({ actions: [action] })?.actions[0];

describe('a rule of CoinRuler', () => {
  it('is read in full: when it looks, what has to hold, what it does and what it keeps to', () => {
    expect(
      rule({
        enabled: true,
        conditions: [{ priceChangePct: { symbol: 'btc', windowMins: 1_440, lt: -5 } }],
        actions: [
          { type: 'enter', symbol: 'BTC', allocationPct: 0.1, orderType: 'limit', slippageMaxPct: 1 },
        ],
        risk: {
          maxPositionPct: 20,
          maxDailyLossPct: 3,
          cooldownSecs: 180,
          guardrails: ['minTokens', 'moonPhase'],
        },
        createdAt: '2026-11-20T23:12:48.971Z',
      }),
    ).toMatchObject({
      id: ID,
      enabled: true,
      trigger: { kind: 'interval', everyMs: 900_000 },
      conditions: [
        {
          condition: {
            kind: 'price-change',
            asset: 'BTC',
            withinMs: 86_400_000,
            over: null,
            under: '-5',
            besides: [],
          },
          isChecked: true,
        },
      ],
      actions: [
        { kind: 'buy', asset: 'BTC', sharePct: '10', order: 'limit', mostSlippagePct: '1', besides: [] },
      ],
      limits: {
        mostPositionPct: '20',
        mostDailyLossPct: '3',
        pauseMs: 180_000,
        guards: [
          { kind: 'least-held', name: 'minTokens' },
          { kind: 'other', name: 'moonPhase' },
        ],
      },
      createdAtMs: Date.parse('2026-11-20T23:12:48.971Z'),
    });
  });

  it('says of each condition whether the shipped server looks at it', () => {
    expect(conditionOf({ portfolioExposure: { symbol: 'ETH', gtPct: 30 } })).toMatchObject({
      condition: { kind: 'exposure', over: '30', under: null },
      isChecked: true,
    });
    expect(conditionOf({ indicator: 'rsi', symbol: 'BTC', period: 14, lt: 30, gt: 70 })).toMatchObject({
      condition: { kind: 'rsi', periods: 14, over: '70', under: '30' },
      isChecked: false,
    });
    expect(conditionOf({ indicator: 'volatility', symbol: 'BTC', lt: 0.03 })).toMatchObject({
      condition: { kind: 'volatility', under: '3' },
      isChecked: false,
    });
  });

  it.each([
    [{ indicator: 'macd', symbol: 'BTC', gt: 0 }, 'macd', ['symbol', 'gt']],
    [{ fundingRate: { symbol: 'BTC', lt: 0 } }, 'fundingRate', ['symbol', 'lt']],
    [{ a: 1, b: 'x' }, '', ['a', 'b']],
    ['always', 'always', []],
    [null, 'null', []],
  ])('keeps what no kind fits, with its name and all that it says: %#', (wire, name, members) => {
    const condition = conditionOf(wire)?.condition;
    expect(condition).toMatchObject({ kind: 'other', name });
    expect(condition?.besides.map((one) => one.name)).toEqual(members);
  });

  it('loses no member of a known condition or action that it has no place for', () => {
    expect(conditionOf({ priceChangePct: { symbol: 'SOL', gt: 1, venue: 'x' } })?.condition.besides).toEqual([
      { name: 'venue', value: 'x' },
    ]);
    expect(actionOf({ type: 'exit', symbol: 'SOL', allocationPct: 'all', stop: 3 })).toMatchObject({
      kind: 'sell',
      sharePct: null,
      besides: [
        { name: 'allocationPct', value: 'all' },
        { name: 'stop', value: '3' },
      ],
    });
  });

  it('takes targets as percent, and as parts of a whole where they can be nothing else', () => {
    expect(actionOf({ type: 'rebalance', target: { BTC: 40, ETH: 20 } })).toMatchObject({
      targets: [
        { asset: 'BTC', pct: '40' },
        { asset: 'ETH', pct: '20' },
      ],
    });
    expect(actionOf({ type: 'rebalance', target: { BTC: 0.6, ETH: 0.4 } })).toMatchObject({
      targets: [{ pct: '60' }, { pct: '40' }],
    });
  });

  it.each([
    undefined,
    null,
    'rule',
    {},
    { _id: 7 },
    { _id: ID },
    { _id: ID, trigger: 1, conditions: {}, actions: 'x', risk: [], enabled: 'yes' },
    { _id: ID, conditions: Array(5_000).fill({ a: { b: {} } }), actions: [{ type: {} }, []] },
  ])('D5 anything at all is a rule in the shape of its view, or none: %#', (wire) => {
    const mapped = mapRule(wire);
    expect(tradingRules.safeParse(mapped === null ? [] : [mapped]).success).toBe(true);
  });

  it('S1 its text as it was written has no secret and an end', () => {
    const source = rule({ meta: { apiKey: 'sk-secret', note: 'n'.repeat(90_000) } })?.source ?? '';
    expect(source).toContain('"name": "r1"');
    expect(source).not.toContain('sk-secret');
    expect(source.length).toBeLessThan(10_000);
  });
});
