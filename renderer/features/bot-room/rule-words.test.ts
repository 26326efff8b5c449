import { describe, expect, it } from 'vitest';

import type { RuleAction, RuleCondition } from '#shared/domain/bots/trading-rule.ts';

import { actionWords, conditionWords, limitWords, ruleSentence, triggerWords } from './rule-words.ts';

const change = (
  over: string | null,
  under: string | null,
  withinMs: number | null = 86_400_000,
): RuleCondition => ({
  kind: 'price-change',
  asset: 'BTC',
  withinMs,
  over,
  under,
  besides: [],
});
const sale: RuleAction = {
  kind: 'sell',
  asset: 'BTC',
  sharePct: '10',
  order: null,
  mostSlippagePct: null,
  besides: [],
};

describe('a rule in words', () => {
  it('is one sentence: when what holds, then what', () => {
    expect(
      ruleSentence({
        conditions: [
          { condition: change(null, '-5'), isChecked: true },
          {
            condition: { kind: 'exposure', asset: 'BTC', over: '30', under: null, besides: [] },
            isChecked: true,
          },
        ],
        actions: [sale, { ...sale, asset: 'ETH', order: 'market', mostSlippagePct: '1.25' }],
      }),
    ).toBe(
      'When BTC falls by more than 5% in 1 d and BTC makes up more than 30% of what is held: sell 10% of the BTC held and sell 10% of the ETH held, at the market price, 1.25% off at most.',
    );
    expect(ruleSentence({ conditions: [], actions: [] })).toBe('Always: do nothing.');
  });

  it.each([
    [change('1.2', null, 900_000), 'BTC rises by more than 1.2% in 15 min'],
    [change(null, '-5', null), 'BTC falls by more than 5%'],
    [change('-2', null), 'the price of BTC changes in 1 d by more than -2%'],
    [change(null, '2', null), 'the price of BTC changes by less than +2%'],
    [change('-1', '1'), 'the price of BTC changes in 1 d by more than -1% and less than +1%'],
    [change(null, null), 'the price of BTC changes in 1 d by anything'],
  ])('says a change of price as what it is: %#', (condition, words) => {
    expect(conditionWords(condition)).toBe(words);
  });

  it.each<[RuleCondition, string]>([
    [
      { kind: 'rsi', asset: 'XRP', periods: 14, over: '75', under: null, besides: [] },
      'the RSI of XRP over 14 periods is above 75',
    ],
    [
      { kind: 'volatility', asset: 'ETH', periods: null, over: null, under: '3', besides: [] },
      'the volatility of ETH is below 3%',
    ],
    [
      { kind: 'average', asset: 'BTC', periods: 30, over: '60000', under: null, besides: [] },
      'the average price of BTC over 30 periods is above $60,000.00',
    ],
  ])('says an indicator with its unit: %#', (condition, words) => {
    expect(conditionWords(condition)).toBe(words);
  });

  it('names what it does not know, with all that it says and no raw text', () => {
    expect(
      conditionWords({
        kind: 'other',
        name: 'fundingRate',
        besides: [
          { name: 'symbol', value: 'BTC' },
          { name: 'gt', value: '12345.5' },
        ],
      }),
    ).toBe('“Funding rate” holds (Symbol BTC, Above 12,345.5)');
    expect(actionWords({ kind: 'other', name: '', besides: [] })).toBe('do “something unnamed”');
    expect(
      limitWords({
        mostPositionPct: '20',
        mostDailyLossPct: null,
        pauseMs: 180_000,
        guards: [{ kind: 'other', name: 'moonPhase' }],
      }),
    ).toEqual(['At most 20% in one asset', 'Waits 3 min between trades', 'Moon phase']);
  });

  it('says what is bought by what is held, as the backend reckons it', () => {
    expect(actionWords({ ...sale, kind: 'buy', order: 'limit' })).toBe(
      'buy BTC worth 10% of the BTC held, by a limit order',
    );
    expect(actionWords({ ...sale, sharePct: null })).toBe('sell BTC');
    expect(
      actionWords({
        kind: 'rebalance',
        targets: [
          { asset: 'BTC', pct: '40' },
          { asset: 'ETH', pct: '20.5' },
        ],
        besides: [],
      }),
    ).toBe('rebalance to BTC 40% and ETH 20.5%');
    expect(triggerWords({ kind: 'interval', everyMs: 30_000 })).toBe('Every 30 s');
  });
});
