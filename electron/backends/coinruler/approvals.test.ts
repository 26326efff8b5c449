import { describe, expect, it } from 'vitest';

import type { Market } from './approvals.ts';
import { isSameTrade, mapApproval, mapStatus, NO_MARKET } from './approvals.ts';
import { wireApproval } from './protocol.ts';

const NOW = 1_900_000_000_000;

const map = (document: object, market: Market = NO_MARKET) =>
  mapApproval(
    wireApproval.parse({ _id: 'a1', status: 'pending', createdAt: '2030-01-01T00:00:00.000Z', ...document }),
    {
      backendId: 'ruler',
      receivedAtMs: NOW,
      market,
    },
  );

const ruleMade = {
  type: 'sell',
  coin: 'XRP',
  amount: 0.125,
  title: 'Rule trim proposes exit',
  summary: 'runs hot',
  metadata: {
    intent: { ruleId: 'trim', action: { type: 'exit', symbol: 'xrp', allocationPct: 0.125 } },
    dryRun: true,
  },
};

const market: Market = {
  held: (asset) => ({ BTC: '2', XRP: '1000' })[asset] ?? '0',
  price: (asset) => ({ BTC: '60000', XRP: '0.5' })[asset] ?? null,
};

describe('what an approval says', () => {
  it('A1 a rule’s amount is a share of the balance and not a quantity', () => {
    expect(map(ruleMade, market)).toMatchObject({
      side: 'sell',
      instrument: 'XRP',
      quantity: null,
      allocationPct: '12.5',
      valueUsd: '62.5',
      proposer: 'Rule trim',
      executable: true,
      createdAtMs: Date.UTC(2030, 0, 1),
      expiresAtMs: null,
    });
    expect(map(ruleMade).riskNotes).toContain('The rule marks this as a dry run.');
  });

  it('A1 an amount without an intent is a quantity, and cannot be executed', () => {
    expect(map({ type: 'sell', coin: 'XRP', amount: 10 }, market)).toMatchObject({
      quantity: '10',
      allocationPct: null,
      executable: false,
      title: 'sell XRP',
    });
  });

  it('A1 a profit-taking proposal carries quantity, price then, rationale and baseline', () => {
    const approval = map({
      type: 'sell',
      coin: 'BTC',
      amount: 0.25,
      summary: 'Realize profit',
      rationale: 'BTC has gained.',
      reason: 'Profit-taking above baseline',
      metadata: {
        profitTaking: true,
        currentPrice: 70_000,
        baseline: 1,
        aboveBaseline: 1,
        intent: { action: { type: 'exit', symbol: 'BTC', allocationPct: 0.125 } },
      },
    });
    expect(approval).toMatchObject({
      quantity: '0.25',
      allocationPct: '12.5',
      priceThen: '70000',
      valueUsd: '17500',
      proposer: 'Profit taking',
    });
    expect(approval.reason).toBe('Realize profit\n\nBTC has gained.\n\nProfit-taking above baseline');
    expect(approval.riskNotes).toContain('Held above the baseline of 1: 1.');
  });

  it('A4 a small named quantity does not hide what executing would trade', () => {
    const intent = { action: { type: 'enter', symbol: 'BTC', allocationPct: 1 } };
    expect(map({ type: 'buy', coin: 'BTC', amount: 0.0001, metadata: { intent } }, market).valueUsd).toBe(
      '120000',
    );
  });

  it('A4 a made-up price is not believed', () => {
    const metadata = {
      currentPrice: 0.01,
      intent: { action: { type: 'enter', symbol: 'BTC', allocationPct: 0.5 } },
    };
    expect(map({ type: 'buy', coin: 'BTC', amount: 0.5, metadata }, market)).toMatchObject({
      priceThen: null,
      valueUsd: '60000',
    });
  });

  it('§4.1 a buy of what is not held is worth 0.001 of it, as the server buys then', () => {
    const metadata = {
      currentPrice: 3_000,
      intent: { action: { type: 'enter', symbol: 'ETH', allocationPct: 0.1 } },
    };
    expect(map({ type: 'buy', coin: 'ETH', amount: 0.1, metadata }, market).valueUsd).toBe('3');
  });

  it('§4.1 a missing allocation is the one percent that the server takes', () => {
    const intent = { action: { type: 'exit', symbol: 'BTC' } };
    expect(map({ type: 'sell', coin: 'BTC', metadata: { intent } }).allocationPct).toBe('1');
  });

  it.each([
    [
      'another side',
      {
        type: 'sell',
        coin: 'BTC',
        metadata: { intent: { action: { type: 'enter', symbol: 'BTC', allocationPct: 0.1 } } },
      },
    ],
    [
      'another asset',
      {
        type: 'buy',
        coin: 'XRP',
        metadata: { intent: { action: { type: 'enter', symbol: 'BTC', allocationPct: 0.1 } } },
      },
    ],
    [
      'no enter or exit',
      {
        type: 'stake-suggestion',
        coin: 'MULTI',
        metadata: { intent: { action: { type: 'rebalance', target: {} } } },
      },
    ],
    [
      'a share that is no number',
      {
        type: 'buy',
        coin: 'BTC',
        metadata: { intent: { action: { type: 'enter', symbol: 'BTC', allocationPct: 'all' } } },
      },
    ],
  ])('A2 one whose execution would trade %s cannot be executed, and says so', (_, document) => {
    const approval = map(document);
    expect(approval.executable).toBe(false);
    expect(approval.riskNotes.join(' ')).toContain('cannot be executed from here');
  });

  it('a change to a rule is no trade', () => {
    const approval = map({
      type: 'stake-suggestion',
      coin: 'RULE_UPDATE',
      amount: 0,
      title: 'Optimize: trim',
      metadata: { optimization: { reasoning: 'x' } },
    });
    expect(approval).toMatchObject({
      side: 'other',
      instrument: null,
      quantity: null,
      proposer: 'Rule optimizer',
      executable: false,
    });
    expect(approval.riskNotes).toEqual(['A change to a rule, not a trade.']);
  });

  it('§7.11 text is cut, and cannot turn or hide itself', () => {
    const approval = map({ title: `pay\u202Eyub\u0000${'x'.repeat(5_000)}`, summary: 'a\u200Bb' });
    expect(approval.title).toHaveLength(200);
    expect(approval.title.startsWith('payyub')).toBe(true);
    expect(approval.reason).toBe('ab');
  });

  it('survives an empty object with an id, which the server accepts', () => {
    expect(map({})).toMatchObject({
      side: 'other',
      instrument: null,
      title: 'A proposal without words',
      executable: false,
    });
  });
});

describe('§7.14 floods of identical proposals', () => {
  it('share one group, whatever their ids and times', () => {
    const first = map(ruleMade);
    const second = map({ ...ruleMade, _id: 'a2', createdAt: '2030-01-01T00:01:00.000Z' });
    expect(second.groupKey).toBe(first.groupKey);
    expect(
      map({ ...ruleMade, metadata: { intent: { ...ruleMade.metadata.intent, ruleId: 'other' } } }).groupKey,
    ).not.toBe(first.groupKey);
  });

  it('leave proposals of people apart that differ in size', () => {
    const posted = { type: 'sell', coin: 'XRP', title: 'Trim' };
    expect(map({ ...posted, amount: 1 }).groupKey).not.toBe(map({ ...posted, amount: 2 }).groupKey);
  });
});

describe('§7.3 arbitrary status text', () => {
  it('is kept as the backend’s own word', () => {
    expect(mapStatus('banana')).toEqual({ status: 'other', rawStatus: 'banana' });
    expect(mapStatus('executed')).toEqual({ status: 'executed', rawStatus: null });
  });
});

describe('A2 a changed approval', () => {
  it('is another trade when side, asset, quantity or share differ, and the same when only prices moved', () => {
    const shown = map(ruleMade, market);
    expect(isSameTrade(shown, map(ruleMade, { ...market, price: () => '9' }))).toBe(true);
    const larger = {
      ...ruleMade,
      metadata: { intent: { action: { type: 'exit', symbol: 'XRP', allocationPct: 1 } } },
    };
    expect(isSameTrade(shown, map(larger, market))).toBe(false);
  });
});
