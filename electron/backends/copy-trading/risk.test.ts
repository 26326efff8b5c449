import { describe, expect, it } from 'vitest';

import type { FollowSettings, Trader } from '#shared/domain/bots/copy-trading.ts';

import { decimalParam, MONEY, optionalDecimal, optionalText, PERCENT } from '../kit/params.ts';
import type { Circumstances, CopyOrder } from './risk.ts';
import { assessCopy } from './risk.ts';
import { unitsOfCopy, unitsOfOrder } from './units.ts';

const limits: FollowSettings = {
  amount: '1000',
  maxTradeSize: '100',
  maxDailyLoss: null,
  stopLossPct: '5',
  takeProfitPct: '20',
  diversificationLimit: null,
};
const trader: Trader = {
  backendId: 'copy',
  id: '0x1',
  serverId: '1',
  name: 'Alpha',
  riskLevel: 'medium',
  riskScore: 5,
  monthlyReturnPct: null,
  winRatePct: null,
  sharpeRatio: null,
  maxDrawdownPct: null,
  totalPnl: null,
  totalTrades: null,
  totalVolume: null,
  followers: null,
  averageHold: null,
  active: true,
  simulated: false,
  receivedAtMs: 0,
};
const order: CopyOrder = {
  side: 'buy',
  originalSize: '10',
  copyRatio: '0.5',
  leverage: null,
  stopLoss: '9',
  takeProfit: null,
  maxTradeSize: null,
};
const circumstances: Circumstances = {
  price: '10',
  priceMayBeSample: false,
  limits,
  resultToday: '0',
  trader,
};

function assess(changes: Partial<CopyOrder> = {}, given: Partial<Circumstances> = {}) {
  const { size, checks } = assessCopy({ ...order, ...changes }, { ...circumstances, ...given });
  const of = (id: string) => checks.find((check) => check.id === id);
  return {
    size,
    verdict: (id: string) => of(id)?.verdict,
    detail: (id: string) => of(id)?.detail,
    blocked: checks.some(({ verdict }) => verdict === 'block'),
  };
}

describe('the size of a copy', () => {
  it('is what the trader traded, at the ratio, within the limits', () => {
    const copy = assess();
    expect([copy.size, copy.verdict('copy-size')]).toEqual(['5', 'pass']);
    expect(copy.detail('copy-size')).toBe('10 × 0.5 = 5, within your limits.');
    expect(copy.detail('copy-price')).toBe('50 at 10.');
    expect(copy.detail('copy-share')).toBe('5 % of the 1000 for this trader.');
  });

  it('is cut to what the most of one trade buys', () => {
    const copy = assess({ originalSize: '40' });
    expect([copy.size, copy.verdict('copy-size')]).toEqual(['10', 'warn']);
    expect(copy.detail('copy-size')).toContain('cut to 10 by the most of one trade (100)');
    expect(assess({ originalSize: '40', maxTradeSize: '30' }).size).toBe('3');
  });

  it('is cut to what may still be lost today, by the distance of the stop', () => {
    const left = { limits: { ...limits, maxDailyLoss: '5' }, resultToday: '-2' };
    const copy = assess({}, left);
    expect(copy.size).toBe('3');
    expect(copy.detail('copy-size')).toContain('what may still be lost today');
    expect(copy.detail('copy-stop')).toBe('At 9, 10 % away: 3 lost there.');
    expect(copy.detail('copy-daily-loss')).toBe('3 of 5 may still be lost today.');
    // Without a stop all of it can be lost.
    expect(assess({ stopLoss: null }, left).size).toBe('0.3');
    // A day that won leaves no more than the limit.
    expect(assess({ originalSize: '100' }, { ...left, resultToday: '50' }).size).toBe('5');
  });

  it('is none when the limit of the day is used up', () => {
    const copy = assess({}, { limits: { ...limits, maxDailyLoss: '5' }, resultToday: '-5' });
    expect(copy.size).toBeNull();
    expect([copy.verdict('copy-daily-loss'), copy.verdict('copy-size')]).toEqual(['block', 'block']);
  });

  it('is none with a stop on the side of the profit', () => {
    expect(assess({ stopLoss: '11' })).toMatchObject({ size: null, blocked: true });
    expect(assess({ side: 'sell', stopLoss: '9' })).toMatchObject({ size: null, blocked: true });
    expect(assess({ side: 'sell', stopLoss: '11' })).toMatchObject({ size: '5', blocked: false });
  });
});

describe('what is warned of', () => {
  it.each<[string, string, Partial<CopyOrder>, Partial<Circumstances>]>([
    ['no stop', 'copy-stop', { stopLoss: null }, {}],
    ['no price', 'copy-price', {}, { price: null }],
    ['a price that may be a constant', 'copy-price', {}, { priceMayBeSample: true }],
    ['a large share of the amount', 'copy-share', {}, { limits: { ...limits, amount: '199' } }],
    ['a trader who is not followed', 'copy-share', {}, { limits: null }],
    ['leverage', 'copy-leverage', { leverage: '4' }, {}],
    ['a risky trader', 'trader-risk', {}, { trader: { ...trader, riskLevel: 'high' } }],
    ['an unknown trader', 'trader-risk', {}, { trader: null }],
    ['a real order, always', 'real-order', {}, {}],
  ])('%s', (_name, id, changes, given) => {
    const copy = assess(changes, given);
    expect([copy.verdict(id), copy.blocked]).toEqual(['warn', false]);
  });

  it('leverage is said as the move that takes the whole margin', () => {
    expect(assess({ leverage: '4' }).detail('copy-leverage')).toContain('a move of 25 % against it');
  });
});

describe('parameters', () => {
  it('are taken exactly as they were typed', () => {
    expect(decimalParam({ amount: ' 0.10 ' }, 'amount', MONEY)).toBe('0.1');
    expect(optionalDecimal({ amount: '' }, 'amount', MONEY)).toBeNull();
    expect(optionalText({ name: 7 }, 'name')).toBe('7');
  });

  it.each(['0', '-1', 'NaN', '1e400', '10,5', '0x10', '1000000000001'])('“%s” is no money', (amount) => {
    expect(() => decimalParam({ amount }, 'amount', MONEY)).toThrow('“amount”');
  });

  it('are bounded', () => {
    expect(() => decimalParam({ stop: '100.1' }, 'stop', PERCENT)).toThrow('at most 100');
    expect(() => optionalText({ name: 'x'.repeat(201) }, 'name')).toThrow('longer than 200');
    expect(() => optionalText({ name: ['x'] }, 'name')).toThrow('must be text');
  });
});

describe('amounts, which are money or units', () => {
  const copy = { entryPrice: '8', currentPrice: '9', pnl: '12.5', currentValue: '112.5' };

  it.each([
    ['money put in, as recorded', { ...copy, amount: '100' }, '12.5'],
    ['units', { ...copy, amount: '12.5' }, '12.5'],
    ['money of a short one', { ...copy, amount: '100', pnl: '-12.5', currentValue: '87.5' }, '12.5'],
    ['money, without a result', { ...copy, amount: '100', pnl: null }, '12.5'],
    ['units, without a result', { ...copy, amount: '12.5', pnl: null }, '12.5'],
    ['without a value', { ...copy, amount: '7', currentValue: null }, '7'],
    // Where the old rule mistook money for units: the price is near one.
    [
      'money at a price near one',
      { amount: '1000', entryPrice: '1.01', currentPrice: '1.0202', pnl: '10.1', currentValue: '1010.1' },
      '990.0990099009900990099',
    ],
  ])('%s', (_name, wire, units) => {
    expect(Number(unitsOfCopy(wire))).toBeCloseTo(Number(units), 10);
  });

  it('of an order the units are its value where the amount is money', () => {
    expect(unitsOfOrder({ amount: '5000', price: '8.5', value: '588.24' })).toBe('588.24');
    expect(unitsOfOrder({ amount: '10', price: '8.5', value: '85' })).toBe('10');
    expect(unitsOfOrder({ amount: '10', price: null, value: '85' })).toBe('10');
  });
});
